type Message = Readonly<Record<string, unknown>>;

/** One line of a recorded conversation. */
export interface TalkLine {
  readonly dir: 'in' | 'out';
  readonly message: Message;
}

/** What the server of a recorded conversation says next. */
export interface RpcPlayer {
  /** What it says before anybody spoke to it. */
  readonly start: () => readonly Message[];
  /** What it says to a message, or what is wrong with that message. */
  readonly hear: (message: Message) => { readonly say: readonly Message[] } | { readonly problem: string };
  /** What the client should still have said, when it hangs up; undefined when all was said. */
  readonly missing: () => string | undefined;
}

/** Compares JSON whatever the order of its keys. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [left, right] = [a as Message, b as Message];
  const keys = Object.keys(left);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]))
  );
}

const shown = (message: Message): string =>
  typeof message['method'] === 'string'
    ? message['method']
    : `an answer ${JSON.stringify(message['result'] ?? message)}`;

function problemWith(got: Message, wanted: Message, strict: boolean): string | undefined {
  const sameKind = got['method'] === wanted['method'];
  const answers = wanted['method'] === undefined && sameKind;
  const decided = !answers || sameJson(got['result'], wanted['result']);
  const told = !strict || sameJson(got['params'], wanted['params']);
  if (sameKind && decided && told) return undefined;
  const more =
    sameKind && decided ? ` with ${JSON.stringify(got['params'])} instead of ${JSON.stringify(wanted['params'])}` : '';
  return `the client said ${shown(got)}, and the recording goes on with ${shown(wanted)}${more}`;
}

/** Plays a conversation back. The client numbers its requests as it likes; answers carry its own numbers. */
export function createRpcPlayer(lines: readonly TalkLine[], strict = false): RpcPlayer {
  const ids = new Map<unknown, unknown>();
  let at = 0;
  const speak = (): readonly Message[] => {
    const said: Message[] = [];
    for (let line = lines[at]; line?.dir === 'out'; at += 1, line = lines[at]) {
      const { message } = line;
      const isAnswer = message['method'] === undefined && message['id'] !== undefined;
      said.push(isAnswer ? { ...message, id: ids.get(message['id']) ?? message['id'] } : message);
    }
    return said;
  };
  return {
    start: speak,
    hear: (message) => {
      const wanted = lines[at]?.message;
      if (wanted === undefined) return { problem: `the client said ${shown(message)} after the recording’s end` };
      const problem = problemWith(message, wanted, strict);
      if (problem !== undefined) return { problem };
      if (message['method'] !== undefined && message['id'] !== undefined) ids.set(wanted['id'], message['id']);
      at += 1;
      return { say: speak() };
    },
    missing: () => {
      const rest = lines[at];
      return rest === undefined ? undefined : `the client hung up before it said ${shown(rest.message)}`;
    },
  };
}
