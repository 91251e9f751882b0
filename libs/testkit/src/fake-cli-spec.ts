/** What one answer of a fake CLI does besides, or instead of, printing text. */
export type FakeBehaviour =
  /** Never ends. */
  | { readonly kind: 'hang' }
  /** Prints `count` bytes of `x` on stdout. */
  | { readonly kind: 'bytes'; readonly count: number }
  /** Prints its environment, one `NAME=value` per line, then its working folder as `CWD=…`. */
  | { readonly kind: 'env' }
  /** Ends while `sleep <seconds>` goes on; with `session` the sleeper has left the process group. */
  | { readonly kind: 'leave-child'; readonly seconds: number; readonly session?: boolean }
  /** Tries to reach a port of the loopback interface; prints `connected` or `refused`. */
  | { readonly kind: 'connect'; readonly port: number }
  /** Dies by a signal, such as `SEGV`. */
  | { readonly kind: 'die'; readonly signal: string }
  /** Waits for the given time before it prints. */
  | { readonly kind: 'slow'; readonly seconds: number };

/** One answer: text for each stream, an exit code (0 unless said), and a behaviour. */
export interface FakePage {
  readonly stdout?: string | Uint8Array;
  readonly stderr?: string | Uint8Array;
  readonly exit?: number;
  readonly behaviour?: FakeBehaviour;
}

/** A fake CLI as data. */
export interface FakeCliSpec {
  /** The program's name; `fake` unless said. */
  readonly name?: string;
  /** What `--version` prints; `<name> 1.0.0` unless said. */
  readonly version?: string | FakePage;
  /** Help pages by the command's words joined by spaces; `''` is the root. Asked as `W --help`, `W -h` or `help W`. */
  readonly pages: Readonly<Record<string, string | FakePage>>;
  /** Answers to further command lines, by the whole argv joined by spaces. Looked at first. */
  readonly answers?: Readonly<Record<string, string | FakePage>>;
  /** What an unknown command line gets: an error and exit 2, or the root page and exit 0. */
  readonly unknown?: 'error' | 'root-page';
}
