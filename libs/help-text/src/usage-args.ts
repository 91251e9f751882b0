import { walkUsage, type UsageArg, type UsageContext, type UsageWalk } from './usage-walk.js';

/** How many alternatives of a usage are read. */
const MOST_ALTERNATIVES = 64;
/** More bare words than this are a sentence. */
const MOST_BARE = 3;

/**
 * Arguments of all alternatives in order of appearance. One is required where every alternative that tells requires
 * it; a bare word is one only when all alternatives show it and the page has no commands.
 */
export function argsFromUsage(usage: readonly string[], context: UsageContext): UsageArg[] {
  const walks = usage.slice(0, MOST_ALTERNATIVES).map((line) => walkUsage(line, context));
  const telling = tellingOf(walks);
  const merged = new Map<string, UsageArg>();
  for (const { found } of walks) for (const { name } of found.values()) merged.set(name, merge(name, walks, telling));
  const args = [...merged.values()];
  const bare = args.filter(({ isBare }) => isBare === true).length;
  if (context.hasCommands || bare > MOST_BARE) return args;
  return args.map((arg) => (walks.every(({ found }) => found.has(arg.name)) ? { ...arg, isBare: false } : arg));
}

/** Alternatives that call a command or only ask for the version are left out, unless there are no others. */
function tellingOf(walks: readonly UsageWalk[]): readonly UsageWalk[] {
  const shown = walks.filter(({ hasOnlyFlags, found }) => !hasOnlyFlags || found.size > 0);
  const own = shown.filter(({ callsCommand }) => !callsCommand);
  return own.length > 0 ? own : shown;
}

function merge(name: string, walks: readonly UsageWalk[], telling: readonly UsageWalk[]): UsageArg {
  const all = walks.flatMap(({ found }) => found.get(name) ?? []);
  return {
    name,
    required: telling.length > 0 && telling.every(({ found }) => found.get(name)?.required === true),
    variadic: all.some(({ variadic }) => variadic),
    isBare: all.every(({ isBare }) => isBare === true),
  };
}
