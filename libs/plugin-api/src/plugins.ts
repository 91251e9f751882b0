import type {
  ArchiveFormat,
  AssetProvenance,
  Finding,
  HelpPage,
  PageSurface,
  Result,
  ResultKind,
  Semver,
  TargetId,
} from '@cliparity/model';
import type { Io } from './io.js';
import type { Plan } from './plan.js';

/** What every contribution carries. `revision` is raised when its output can change for the same input. */
export interface Part {
  readonly id: string;
  readonly revision: number;
}

/** A place software is built for. Pure data; whether this machine can run it is the runners' question. */
export interface Target extends Part {
  readonly os: 'linux' | 'macos' | 'windows' | 'any';
  readonly arch: string;
  readonly libc?: 'gnu' | 'musl';
  /** Other names for the same place, such as npm's `linux-x64`. */
  readonly aliases?: readonly TargetId[];
}

export interface Release {
  readonly version: Semver;
  readonly tag: string;
  /** RFC 3339 in UTC. */
  readonly publishedAt?: string;
  readonly draft: boolean;
  readonly prerelease: boolean;
  readonly yanked: boolean;
}
/** `npm:<package>@<version>` or an absolute URL. */
export type Locator = string;
export interface Asset {
  readonly target: TargetId;
  readonly locator: Locator;
  readonly name: string;
  readonly size?: number;
  readonly digests: { readonly sha256?: string; readonly integrity?: string };
  readonly kind: 'file' | 'tree';
  readonly format: ArchiveFormat;
  /** The executable inside the archive (kind file), or the folder that is the tree (kind tree). */
  readonly member?: string;
  /** For a tree: the executable below that folder. */
  readonly entry?: string;
  /** Who vouches for it, when the place says so. The same answer must give the same value, whatever the order of its parts. */
  readonly provenance?: AssetProvenance;
}
export interface Bytes {
  /** Size of the whole asset in bytes, when the other side says so. */
  readonly total?: number;
  /** Where the bytes begin: `from` when the other side resumed, else 0. */
  readonly start: number;
  readonly body: AsyncIterable<Uint8Array>;
}
/** A place where releases are published. One instance per use in a root, made from that use's settings. */
export interface Source extends Part {
  releases(io: Io): AsyncIterable<Release>;
  assets(version: Semver, targets: readonly Target[], io: Io): Promise<readonly Asset[]>;
  /** Opens an asset for reading from byte `from`; undefined when the locator is not this source's. */
  open(locator: Locator, from: number, io: Io): Promise<Bytes>;
  /** Whether `open` understands this locator. */
  owns(locator: Locator): boolean;
}

export interface Evidence {
  readonly path: readonly string[];
  readonly unit: 'command' | 'flag' | 'arg';
  readonly name: string;
}
/** A second way to ask the same binary about its surface. */
export interface Channel extends Part {
  argv(path: readonly string[]): readonly string[];
  read(output: HelpPage): readonly Evidence[];
}
/** Reads one style of help page. Pure, total (any text gives a surface), linear in the text's length. */
export interface Dialect extends Part {
  /** How sure it is that the page is its own: 0 to 1. */
  detect(page: HelpPage): number;
  parse(page: HelpPage): PageSurface;
  readonly channels?: readonly Channel[];
}

export type Glob = string;
export interface Place {
  readonly cli: string;
  readonly version: Semver;
  readonly target: TargetId;
}
export interface Stream {
  readonly name: string;
  readonly lines: readonly string[];
}
/** A scripted workflow. Data in, data out: harvest owns processes, servers and time. */
export interface Scenario extends Part {
  readonly cli: string;
  /** Semver range of upstream versions it fits. */
  readonly fits: string;
  /** Names of streams whose lines come in no fixed order: they are compared, and kept, as sorted sets. */
  readonly racy?: readonly string[];
  plan(at: Place): Plan;
  judge?(streams: readonly Stream[]): readonly Finding[];
}

export interface Tool {
  readonly name: string;
  readonly remedy: string;
}
export interface Change {
  readonly workspace: string;
  readonly files: readonly string[];
}
/** One quality gate. Throws `CouldNotRun` when it cannot judge; an empty list always means clean. */
export interface Gate extends Part {
  readonly inputs: readonly Glob[];
  readonly needs?: readonly Tool[];
  run(change: Change, io: Io): Promise<readonly Finding[]>;
}

export interface RenderOptions {
  readonly color: boolean;
  /** Columns of the terminal, when there is one. */
  readonly width?: number;
}
/** Renders results. Pure; the command owns files, colour and width. */
export interface Reporter extends Part {
  readonly accepts: readonly ResultKind[] | 'all';
  render(result: Result, options: RenderOptions): Iterable<string>;
}

export interface PluginKinds {
  readonly target: Target;
  readonly source: Source;
  readonly dialect: Dialect;
  readonly scenario: Scenario;
  readonly gate: Gate;
  readonly reporter: Reporter;
}
export const PLUGIN_KINDS = ['target', 'source', 'dialect', 'scenario', 'gate', 'reporter'] as const;
export type PluginKind = (typeof PLUGIN_KINDS)[number];
