/** What is wrong with a JSON text, and where. */
export interface JsonProblem {
  readonly kind: 'syntax' | 'duplicate_key';
  /** Position in UTF-16 units. */
  readonly offset: number;
  readonly message: string;
}

/** Deeper nesting than any file of ours needs; a hostile one must not exhaust the stack of the readers after us. */
const MAX_DEPTH = 500;
const SPACE = /[ \t\n\r]*/y;
/** From space up, without the quote and the backslash. */
const PLAIN = /[ !#-[\]-\uffff]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

class Problem extends Error {
  constructor(readonly found: JsonProblem) {
    super(found.message);
  }
}

/**
 * Reads a JSON text only to say what is wrong with it: `JSON.parse` gives no position for many mistakes and lets a repeated key win in
 * silence. Linear in the text's length.
 * @returns the first problem; duplicate keys count only when the text is otherwise well formed up to there
 */
export function jsonProblem(text: string): JsonProblem | undefined {
  try {
    new Scanner(text).document();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown.found;
    throw thrown;
  }
}

class Scanner {
  private at = 0;
  constructor(private readonly text: string) {}

  document(): void {
    this.value(0);
    this.skip();
    if (this.at < this.text.length) this.fail('the end of the file');
  }

  private value(depth: number): void {
    this.skip();
    if (depth > MAX_DEPTH) this.fail(`at most ${String(MAX_DEPTH)} levels`);
    const first = this.text[this.at];
    if (first === '{') this.list('}', () => this.member(depth), new Set());
    else if (first === '[') this.list(']', () => this.value(depth + 1));
    else if (first === '"') this.string();
    else if (this.take(SCALAR) === undefined) this.fail('a value');
  }

  /** Items between brackets with commas between them. */
  private list(close: string, item: () => string | void, keys?: Set<string>): void {
    this.at += 1;
    this.skip();
    if (this.text[this.at] === close) {
      this.at += 1;
      return;
    }
    for (;;) {
      this.skip();
      const start = this.at;
      const key = item();
      if (typeof key === 'string') this.note(key, start, keys);
      this.skip();
      const next = this.text[this.at];
      if (next !== ',' && next !== close) this.fail(`"," or "${close}"`);
      this.at += 1;
      if (next === close) return;
    }
  }

  private member(depth: number): string {
    if (this.text[this.at] !== '"') this.fail('a key in double quotes');
    const key = this.string();
    this.skip();
    if (this.text[this.at] !== ':') this.fail('":"');
    this.at += 1;
    this.value(depth + 1);
    return JSON.parse(key) as string;
  }

  /** A string with its quotes. Piece by piece: one pattern for the whole would keep a way back for every character. */
  private string(): string {
    const start = this.at;
    this.at += 1;
    do this.take(PLAIN);
    while (this.take(ESCAPE) !== undefined);
    if (this.text[this.at] !== '"') this.fail('the closing quote or a valid escape');
    this.at += 1;
    return this.text.slice(start, this.at);
  }

  private note(key: string, offset: number, keys: Set<string> | undefined): void {
    if (keys?.has(key)) {
      const message = `the key ${JSON.stringify(key)} stands twice in one object`;
      throw new Problem({ kind: 'duplicate_key', offset, message });
    }
    keys?.add(key);
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private skip(): void {
    this.take(SPACE);
  }

  private fail(expected: string): never {
    const found = this.at < this.text.length ? JSON.stringify(this.text[this.at]) : 'the end of the file';
    throw new Problem({ kind: 'syntax', offset: this.at, message: `expected ${expected}, found ${found}` });
  }
}

/** Line and column of a position, both from 1; a column counts UTF-16 units. */
export function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - start + 1 };
}
