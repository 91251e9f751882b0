import type { PluginKind, PluginKinds } from './plugins.js';

/** The version of this contract. A plugin written for another one is refused. */
export const API_VERSION = 1;

/** A typed key under which the container provides something. */
export interface Token<T> {
  readonly key: symbol;
  readonly name: string;
  /** Only for the type checker. */
  readonly type?: T;
}

/** Makes a token; two tokens of one name are the same token. */
export function defineToken<T>(name: string): Token<T> {
  return { key: Symbol.for(`cliparity:${name}`), name };
}

/** A class or factory that names what it wants; the container hands it over in that order. */
export interface Injectable<T> {
  readonly inject?: readonly Token<unknown>[];
  new (...deps: never[]): T;
}
export interface InjectableFactory<T> {
  readonly inject?: readonly Token<unknown>[];
  (...deps: never[]): T;
}
export type Loaded<T> = T | Injectable<T> | InjectableFactory<T>;

export type Contribution = {
  [K in PluginKind]: {
    readonly kind: K;
    readonly id: string;
    readonly revision: number;
    /** JSON Schema of the settings that a root hands to this contribution. */
    readonly settings?: object;
    readonly load: () => Promise<{ readonly default: Loaded<PluginKinds[K]> }>;
  };
}[PluginKind];

/** A plugin: plain data, checked against a schema before anything of it runs. */
export interface Plugin {
  readonly name: string;
  readonly apiVersion: number;
  readonly contributions: readonly Contribution[];
}

/** Types a plugin's manifest; returns it unchanged. */
export function definePlugin(plugin: Plugin): Plugin {
  return plugin;
}
