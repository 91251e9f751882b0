import { didYouMean, UsageError, type TargetId } from '@cliparity/model';
import type { Target } from '@cliparity/plugin-api';

/** The targets known to a run. */
export interface TargetRegistry {
  /** Ids in the order of the plugins. */
  readonly ids: readonly TargetId[];
  readonly all: () => Promise<readonly Target[]>;
  /**
   * By id, else by alias.
   * @throws UsageError TARGET_UNKNOWN, or TARGET_AMBIGUOUS when several have the alias and none the id
   */
  readonly find: (name: string) => Promise<Target>;
}

/** A registry over targets that are loaded when first asked for. */
export function createTargetRegistry(
  ids: readonly TargetId[],
  load: (id: TargetId) => Promise<Target>,
): TargetRegistry {
  const all = (): Promise<readonly Target[]> => Promise.all(ids.map(load));

  const find = async (name: string): Promise<Target> => {
    if (ids.includes(name)) return load(name);
    const targets = await all();
    const named = targets.filter(({ aliases = [] }) => aliases.includes(name));
    const [target] = named;
    if (named.length === 1 && target !== undefined) return target;
    if (named.length > 1) {
      const choices = named.map(({ id }) => id).join(', ');
      throw new UsageError('TARGET_AMBIGUOUS', `the target name "${name}" means several targets: ${choices}`, {
        where: name,
        remedy: 'Write the id of the one you mean.',
      });
    }
    const known = [...ids, ...targets.flatMap(({ aliases = [] }) => aliases)];
    throw new UsageError('TARGET_UNKNOWN', `unknown target "${name}".${didYouMean(name, known)}`, {
      where: name,
      remedy: `Known targets: ${ids.join(', ')}.`,
    });
  };
  return { ids, all, find };
}
