import type { RunCommand } from './runner.js';
import type { Isolation } from './isolation.js';

/** One run of a program under isolation. */
export interface ChildSpec extends RunCommand {
  /** Folder below which the child's private folders are made and deleted; the caller passes `.cliparity/tmp`. */
  readonly scratch: string;
  /** Variables besides the minimal environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Loopback is reached without a proxy: for a tool of the user's own that talks to servers it starts. A namespace without network has none. */
  readonly loopback?: boolean;
  /** The working folder; an empty one of its own unless said. */
  readonly cwd?: string;
  readonly timeoutMs: number;
  /** Cap of each stream. */
  readonly maxOutputBytes: number;
  readonly columns: number;
  /** Stops the run and throws Interrupted. */
  readonly signal?: AbortSignal;
  /** Paths of this machine that may turn up in the output, and the word that stands for each. */
  readonly names?: Readonly<Record<string, string>>;
  /** What `isolationHere` found unless said. */
  readonly isolation?: Isolation;
}

/** How a run ended. Never an exception: what it means is `couldNotRun`'s question. */
export interface ChildResult {
  /** The program that was to run, for messages. */
  readonly file: string;
  /** null when it was killed or never started. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Decoded as UTF-8, this machine's paths replaced. */
  readonly stdout: string;
  readonly stderr: string;
  /** A stream passed the cap; the child was killed for it. */
  readonly truncated: boolean;
  readonly timedOut: boolean;
  readonly durationMs: number;
  /** `ENOENT`, `EACCES`, … when it could not be started at all. */
  readonly spawnError?: string;
}
