import { ConfigSchema, didYouMean, UsageError, type Config } from '@cliparity/model';
import { firstProblem } from '../check-schema.js';

/**
 * The configuration, typed, when the published schema accepts it.
 * @param where the file, or the option, that said it
 * @throws UsageError CONFIG_UNKNOWN_KEY, CONFIG_INVALID_VALUE
 */
export function checkConfig(value: unknown, where: string): Config {
  const problem = firstProblem(ConfigSchema, value);
  if (problem === undefined) return value as Config;
  if (problem.kind === 'unknown-key') throw unknownKey(problem, where);
  throw new UsageError('CONFIG_INVALID_VALUE', `${where}: ${problem.path || 'the configuration'} ${problem.message}`, {
    where,
    remedy: `Correct the value of ${problem.path || 'the whole file, which must be an object'}.`,
  });
}

/** The error for a key that the schema does not know. */
export function unknownKey(at: { path: string; key: string; known: readonly string[] }, where: string): UsageError {
  return new UsageError('CONFIG_UNKNOWN_KEY', `${where}: unknown key ${at.path}.${didYouMean(at.key, at.known)}`, {
    where,
    remedy: at.known.length > 0 ? `Known here: ${at.known.join(', ')}.` : 'No key is allowed here.',
  });
}
