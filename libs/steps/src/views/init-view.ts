import type { Result, Tone } from '@cliparity/model';
import type { FileFate } from '../init/init-files.js';
import type { InitPlan } from '../init/init-root.js';

const TONES: Readonly<Record<FileFate, Tone>> = {
  new: 'good',
  changed: 'warn',
  replaced: 'warn',
  same: 'dim',
  kept: 'dim',
  conflict: 'bad',
};

/** A file’s text is shown when it is short enough to be read before saying yes. */
const SHOWN_LINES = 80;

const inTheWay = ({ files }: InitPlan): readonly string[] =>
  files.filter(({ fate }) => fate === 'conflict').map(({ path }) => path);

/** Commands that can be typed as they stand where the version is known; none where nothing can be written as it is. */
function nextSteps(plan: InitPlan): readonly string[] {
  const { root, extras, version, place } = plan;
  const { nx } = extras;
  if (inTheWay(plan).length > 0) return [];
  const install = nx ? [`${place.packageManager} install`] : [];
  if (root === undefined) return install;
  const { name } = root.answers;
  const known = version ?? 'VERSION';
  return [
    ...install,
    ...(version === undefined ? [`cliparity watch ${name}`] : []),
    `cliparity lock ${name} ${known}`,
    nx ? `npx nx run ${name}:report` : `cliparity report ${name} ${known} --chain`,
  ];
}

const nameOf = ({ root, known }: InitPlan): string => root?.answers.name ?? known.join(', ');

/** What kind of place it is, where, and what the new root watches. */
function whatLine(plan: InitPlan): string {
  const { root } = plan;
  if (root === undefined) return kindOf(plan);
  const { upstream, source } = root.answers;
  return `${kindOf(plan)}; upstream ${upstream} (${source}), targets ${root.manifest.targets.expected.join(', ')}`;
}

function headlineOf(plan: InitPlan, dryRun: boolean): string {
  const { files } = plan;
  const name = nameOf(plan);
  const counted = files.filter(({ fate }) => fate !== 'same' && fate !== 'kept').length;
  if (counted === 0) return `${name} is set up already: nothing to write`;
  const what = counted === 1 ? '1 file' : `${counted} files`;
  return dryRun ? `${name}: ${what} would be written; nothing was done` : `${name}: ${what} written`;
}

/** The paths of the files below are relative to it, and it need not be where the command was typed. */
function kindOf({ place: { kinds, empty, workspace } }: InitPlan): string {
  if (kinds.length > 0) return `${kinds.join(', ')} workspace ${workspace}`;
  return `${empty ? 'empty folder' : 'folder of no known kind'} ${workspace}`;
}

function conflictLines(plan: InitPlan): readonly string[] {
  const paths = inTheWay(plan);
  return paths.length === 0 ? [] : [`only with --force, which replaces what is there: ${paths.join(', ')}`];
}

/** What was written, or would be. */
export function startedResult(plan: InitPlan, dryRun: boolean): Result {
  const { place, files, notes, version = null } = plan;
  const shown = files.filter(({ fate, text }) => dryRun && fate !== 'same' && text.split('\n').length <= SHOWN_LINES);
  return {
    kind: 'started',
    schema_version: 1,
    data: {
      cli: nameOf(plan),
      place: place.kinds,
      dry_run: dryRun,
      upstream_version: version,
      files: files.map(({ path, fate, text }) => ({ path, fate, ...(dryRun && { text }) })),
      notes,
    },
    view: {
      headline: headlineOf(plan, dryRun),
      tone: 'good',
      lines: [
        whatLine(plan),
        ...conflictLines(plan),
        ...notes.map((note) => `note: ${note}`),
        ...shown.flatMap(({ path, text }) => [
          ``,
          `${path}:`,
          ...text
            .trimEnd()
            .split('\n')
            .map((line) => `  ${line}`),
        ]),
      ],
      tables: [
        {
          columns: [{ title: 'file' }, { title: '' }],
          rows: files.map(({ path, fate }) => [path, { text: fate, tone: TONES[fate] }]),
        },
      ],
      next: nextSteps(plan),
    },
  };
}
