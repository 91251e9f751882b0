import { ConfigSchema, UsageError, type Config } from '@cliparity/model';
import { checkConfig, unknownKey } from './check-config.js';

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly patternProperties?: Readonly<Record<string, Node>>;
}

/** JSON when it is JSON, else the text as it stands. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function childOf(node: Node, key: string): Node | undefined {
  if (node.properties !== undefined && Object.hasOwn(node.properties, key)) return node.properties[key];
  return Object.values(node.patternProperties ?? {})[0];
}

function requireKnown(path: readonly string[], where: string): void {
  let node: Node = ConfigSchema as Node;
  for (const [depth, key] of path.entries()) {
    const child = childOf(node, key);
    if (child === undefined) {
      throw unknownKey(
        { path: path.slice(0, depth + 1).join('.'), key, known: Object.keys(node.properties ?? {}) },
        where,
      );
    }
    node = child;
  }
}

function setAt(into: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const record = typeof into === 'object' && into !== null ? (into as Readonly<Record<string, unknown>>) : {};
  const before = Object.hasOwn(record, key) ? record[key] : undefined;
  return { ...record, [key]: setAt(before, rest, value) };
}

/**
 * Applies one `--set path=value`: words of the path are parted by dots, the value is JSON or else text.
 * @throws UsageError CONFIG_SET_FORM, CONFIG_UNKNOWN_KEY, CONFIG_INVALID_VALUE, each naming the option
 */
export function applySet(config: Config, option: string): Config {
  const where = `--set ${option}`;
  const equals = option.indexOf('=');
  if (equals < 1) {
    throw new UsageError('CONFIG_SET_FORM', `${where}: expected PATH=VALUE`, {
      where,
      remedy: 'Write for example --set concurrency=4.',
    });
  }
  const path = option.slice(0, equals).split('.');
  requireKnown(path, where);
  return checkConfig(setAt(config, path, valueOf(option.slice(equals + 1))), where);
}
