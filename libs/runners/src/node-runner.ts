import type { Runner } from './runner.js';

/** Executes scripts (target os `any`) with the Node that runs us. */
export const nodeRunner: Runner = {
  id: 'node',
  canRun: (target) =>
    target.os === 'any'
      ? { ok: true }
      : { ok: false, reason: `${target.id} is a program, not a script`, remedy: 'Use the native runner.' },
  command: (binary, argv) => ({ file: process.execPath, args: [binary, ...argv] }),
};
