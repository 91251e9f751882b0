import type { Flag } from '@cliparity/model';
import { walkUsage, type UsageContext } from './usage-walk.js';

/**
 * Marks the flags with a value, and without a default, that the only usage line shows outside of all brackets (argparse). Several lines are
 * alternatives, and a switch without brackets is an example of use.
 */
export function markRequired(flags: readonly Flag[], usage: readonly string[], context: UsageContext): Flag[] {
  const [line, ...others] = usage;
  if (line === undefined || others.length > 0) return [...flags];
  const { flags: bare } = walkUsage(line, context);
  if (bare.size === 0) return [...flags];
  return flags.map((flag) => {
    const { key, short = key, aliases = [] } = flag;
    const isBare =
      flag.takes_value && flag.default === undefined && [key, short, ...aliases].some((spelling) => bare.has(spelling));
    return isBare ? { ...flag, required: true } : flag;
  });
}
