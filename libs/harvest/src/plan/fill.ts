import { UsageError } from '@cliparity/model';

/** What `{{name}}` stands for. */
export type Names = Readonly<Record<string, string>>;

/** The text with every `{{name}}` replaced. Error: SCENARIO_PLACEHOLDER_UNKNOWN. */
export function fill(text: string, names: Names): string {
  return text.replace(/\{\{([A-Za-z0-9_.-]+)\}\}/g, (_all, name: string) => {
    const value = Object.hasOwn(names, name) ? names[name] : undefined;
    if (value !== undefined) return value;
    throw new UsageError('SCENARIO_PLACEHOLDER_UNKNOWN', `Nothing is called {{${name}}} here.`, {
      where: text.slice(0, 200),
      remedy: `Known are ${Object.keys(names).join(', ')}; a step's \`take\` adds more for the steps after it.`,
    });
  });
}

/** A JSON value with every string in it filled. */
export function fillDeep(value: unknown, names: Names): unknown {
  if (typeof value === 'string') return fill(value, names);
  if (Array.isArray(value)) return value.map((item) => fillDeep(item, names));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillDeep(item, names)]));
}

/** The value at a path of keys joined by dots; undefined when there is none. */
export function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => {
    if (at === null || typeof at !== 'object' || !Object.hasOwn(at, key)) return undefined;
    return (at as Readonly<Record<string, unknown>>)[key];
  }, value);
}
