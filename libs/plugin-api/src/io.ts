/** What a running step tells while it runs. `task` groups events of one piece of work. */
export type StepEvent =
  | { readonly type: 'note'; readonly message: string; readonly level?: 'info' | 'warn' | 'debug' }
  | {
      readonly type: 'progress';
      readonly task: string;
      readonly done: number;
      readonly total?: number;
      readonly unit: 'bytes' | 'pages' | 'files' | 'steps';
    }
  | { readonly type: 'end'; readonly task: string; readonly message?: string };

export interface FetchOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Hosts that a redirect may lead to, besides the first one; `*.example.org` allowed. */
  readonly redirectHosts?: readonly string[];
}
/** An answer with status 200 or 206 already checked; anything else is thrown as an error that names the URL and status. */
export interface FetchedBody {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
}

/** The rim: everything a plugin or step may reach of the world arrives here. */
export interface Io {
  readonly signal: AbortSignal;
  readonly now: () => Date;
  readonly emit: (event: StepEvent) => void;
  /** Reads one variable of the environment. */
  readonly env: (name: string) => string | undefined;
  /** HTTP(S) GET under our rules: HTTPS only (loopback excepted), redirects checked, credentials never follow to another host, retry with back-off. */
  readonly fetch: (url: string, options?: FetchOptions) => Promise<FetchedBody>;
  /** Registers a value that must never be printed; returns it unchanged. */
  readonly secret: (value: string) => string;
}
