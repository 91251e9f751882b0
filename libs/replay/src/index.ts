export * from './check-argv.js';
export * from './play.js';
export * from './replay-script.js';
export * from './rpc-player.js';
export * from './stand-in.js';
