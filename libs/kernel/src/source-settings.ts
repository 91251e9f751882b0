import { didYouMean, UsageError, type Config, type SourceUse } from '@cliparity/model';
import { firstProblem, type SchemaProblem } from './check-schema.js';
import { badContribution, type CatalogEntry } from './plugins/plugin-errors.js';

const NO_SETTINGS = { type: 'object', additionalProperties: false, properties: {} };

function describe(problem: SchemaProblem): { readonly message: string; readonly remedy: string } {
  const path = problem.path === '' ? 'settings' : `settings.${problem.path}`;
  if (problem.kind === 'invalid-value') return { message: `${path} ${problem.message}`, remedy: `Correct ${path}.` };
  const known = problem.known.length === 0 ? 'It takes none here.' : `Known here: ${problem.known.join(', ')}.`;
  return { message: `unknown key ${path}.${didYouMean(problem.key, problem.known)}`, remedy: known };
}

/**
 * The settings of one use of a source, checked; `{}` when none are given. A source without a schema takes none.
 * @param where the file and place that hold the use
 * @throws UsageError SOURCE_SETTINGS_INVALID
 */
export function checkSettings(entry: CatalogEntry, use: SourceUse, where: string): Readonly<Record<string, unknown>> {
  const settings = use.settings ?? {};
  const schema = entry.contribution.settings ?? NO_SETTINGS;
  let problem: SchemaProblem | undefined;
  try {
    problem = firstProblem(schema, settings);
  } catch (cause) {
    throw badContribution(entry, 'has a settings schema that is no JSON Schema', cause);
  }
  if (problem === undefined) return settings;
  const { message, remedy } = describe(problem);
  throw new UsageError('SOURCE_SETTINGS_INVALID', `${where}: source "${use.use}": ${message}`, { where, remedy });
}

/** What the workspace's configuration says for every source that has such a setting. */
const SHARED = ['token_env'] as const;

function takes(schema: object | undefined, key: string): boolean {
  const { properties = {} } = (schema ?? {}) as { readonly properties?: Readonly<Record<string, unknown>> };
  return Object.hasOwn(properties, key);
}

/** Settings with what the configuration says where the root is silent; only what the source's schema knows. Pure. */
export function withConfig(
  settings: Readonly<Record<string, unknown>>,
  entry: CatalogEntry,
  config: Config,
): Readonly<Record<string, unknown>> {
  const shared = SHARED.filter((key) => config[key] !== undefined && takes(entry.contribution.settings, key));
  return { ...Object.fromEntries(shared.map((key) => [key, config[key]])), ...settings };
}
