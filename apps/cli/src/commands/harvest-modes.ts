import { UsageError } from '@cliparity/model';
import type { Options } from './options.js';

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

const typed = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const besides = (mode: HarvestMode): string =>
  TAKES[mode]
    .filter((name) => name !== mode)
    .map(typed)
    .join(', ');

const clash = (message: string, where: string, remedy: string): UsageError =>
  new UsageError('HARVEST_OPTIONS_CLASH', message, { where: typed(where), remedy });

/** Which mode was asked for. Error: HARVEST_OPTIONS_CLASH when an option would be without effect. */
export function harvestMode(options: Options): HarvestMode {
  const mode = MODES.find((one) => options[one] !== undefined) ?? 'record';
  const known = new Set(Object.values(TAKES).flat());
  const idle = Object.keys(options).find(
    (name) => known.has(name) && options[name] !== undefined && !TAKES[mode].includes(name),
  );
  if (idle !== undefined) {
    const of = MODES.filter((one) => one !== 'record' && TAKES[one].includes(idle)).map(typed);
    throw mode === 'record'
      ? clash(`${typed(idle)} is for ${of.join(' and ')}, which was not given.`, idle, 'Give both, or neither.')
      : clash(`${typed(idle)} says nothing beside ${typed(mode)}.`, idle, `Beside it go ${besides(mode)}.`);
  }
  if (mode === 'record' && options['check'] === true && options['record'] !== undefined) {
    throw clash('--check writes nothing, and --record says what to write.', 'record', 'Give one of the two.');
  }
  return mode;
}
