/** The model APIs that can be played by a script. */
export const MODEL_APIS = ['openai-responses', 'anthropic-messages', 'openai-chat'] as const;
export type ModelApi = (typeof MODEL_APIS)[number];

/** One thing that a scripted answer does on the wire, in order. */
export type AnswerPart =
  /** One event; `event` is its name, taken from `data.type` where the API has one. */
  | { readonly do: 'event'; readonly data: unknown; readonly event?: string }
  /** Bytes as they stand: malformed events, half an event. */
  | { readonly do: 'raw'; readonly text: string }
  | { readonly do: 'wait'; readonly ms: number }
  /** Destroys the connection. */
  | { readonly do: 'reset' }
  /** Never ends; the connection stays open until the server closes. */
  | { readonly do: 'hang' };

/** What the model says to one request. An answer without `when` is given to the next request that no other answer claims. */
export interface ModelAnswer {
  readonly when?: {
    /** The n-th request, counted from 1. */
    readonly request?: number;
    /** Text that the request's body contains. */
    readonly contains?: string;
  };
  /** How many requests it answers; 1 unless said. `any` also allows none. */
  readonly times?: number | 'any';
  /** Milliseconds before the first byte. */
  readonly delayMs?: number;
  /** 200 unless said. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A whole JSON body, for answers that are no stream. */
  readonly json?: unknown;
  /** An event stream. */
  readonly stream?: readonly AnswerPart[];
}

/** The whole script of one server. Data only. */
export interface ModelScript {
  readonly api: ModelApi;
  readonly answers: readonly ModelAnswer[];
}
