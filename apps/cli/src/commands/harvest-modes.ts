import { UsageError } from '@cliparity/model';
import { asTyped, type Options } from './options.js';

/** What one call of `harvest` does; each but the recording has an option that asks for it. */
export type HarvestMode = 'diff' | 'pythonSdk' | 'checklist' | 'record';

/** The options that say something in each mode. */
const TAKES: Readonly<Record<HarvestMode, readonly string[]>> = {
  diff: ['diff', 'exitCode'],
  pythonSdk: ['pythonSdk', 'codexPath', 'output', 'scenario', 'check'],
  checklist: ['checklist', 'tests', 'check'],
  record: ['scenario', 'record', 'runs', 'check', 'out'],
};
const MODES = Object.keys(TAKES) as readonly HarvestMode[];

const besides = (mode: HarvestMode): string =>
  TAKES[mode]
    .filter((name) => name !== mode)
    .map(asTyped)
    .join(', ');

const clash = (message: string, where: string, remedy: string): UsageError =>
  new UsageError('HARVEST_OPTIONS_CLASH', message, { where: asTyped(where), remedy });

/** Which mode was asked for. Error: HARVEST_OPTIONS_CLASH when an option would be without effect. */
export function harvestMode(options: Options): HarvestMode {
  const mode = MODES.find((one) => options[one] !== undefined) ?? 'record';
  const known = new Set(Object.values(TAKES).flat());
  const idle = Object.keys(options).find(
    (name) => known.has(name) && options[name] !== undefined && !TAKES[mode].includes(name),
  );
  if (idle !== undefined) {
    const of = MODES.filter((one) => one !== 'record' && TAKES[one].includes(idle)).map(asTyped);
    throw mode === 'record'
      ? clash(`${asTyped(idle)} is for ${of.join(' and ')}, which was not given.`, idle, 'Give both, or neither.')
      : clash(`${asTyped(idle)} says nothing beside ${asTyped(mode)}.`, idle, `Beside it go ${besides(mode)}.`);
  }
  if (mode === 'record' && options['check'] === true && options['record'] !== undefined) {
    throw clash('--check writes nothing, and --record says what to write.', 'record', 'Give one of the two.');
  }
  return mode;
}
