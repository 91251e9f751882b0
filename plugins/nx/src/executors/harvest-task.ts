import { harvestVersion, type Workbench } from '@cliparity/steps';
import type { Result } from '@cliparity/model';

/** A task over recorded streams. */
export interface HarvestTask {
  readonly cli: string;
  readonly version: string;
  /** Unsaid: the folder as a whole, as it lies there. */
  readonly scenario?: string | undefined;
}

/**
 * Records one scenario again and compares, or looks at the folder as a whole without starting anything. The schemas are made from all streams
 * together, of which the task of one scenario has hashed its own: what is wrong with them is the whole folder’s failure and not its.
 */
export async function harvestTask(
  bench: Workbench,
  { cli, version, scenario }: HarvestTask,
): Promise<{ readonly shown: Result; readonly success: boolean }> {
  const asked = scenario === undefined ? { record: 'none' } : { scenarios: [scenario], check: true };
  const { result, findings } = await harvestVersion(bench, { cli, version, ...asked });
  const own = findings.filter(({ location }) => scenario === undefined || !isSchema(location?.file ?? ''));
  return { shown: result, success: own.length === 0 };
}

const isSchema = (file: string): boolean => /(?:^|[\\/])schemas[\\/][^\\/]+$/.test(file);
