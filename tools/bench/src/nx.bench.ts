import { wall, type Bench, type BenchContext, type Comparison, type Measurement, type OpenBench } from './harness.js';
import { nxWorkspace, type NxWorkspace } from './nx-workspace.js';
import { mustRun } from './run-program.js';

/** Versions of which each has five tasks between the lock and the report of its required target. */
const MANY = 200;
const SOME = 100;
/** Of the programs of which there are so many versions: what is compared is what Nx does with tasks, not how fast a disk copies their outputs. */
const COMMANDS = 12;
/** How many versions are run without batches: enough to know what one task costs, since each is a process of its own. */
const SAMPLE = 6;
const TASKS_OF_A_VERSION = 5;
const RUN = ['run-many', '-t', 'report', '-p', 'tag:cliparity:version', '--outputStyle=static'];

const show = async ({ nx }: NxWorkspace): Promise<void> => void (await nx('show', 'projects'));

/** No-op of this very workspace: the plugin from its sources, all tasks in the cache. */
function inThisWorkspace(workspace: string): Comparison {
  const env = { NX_DAEMON: 'false', NX_TUI: 'false', NO_COLOR: '1' };
  const nx = async (...words: string[]): Promise<void> =>
    void (await mustRun(['node_modules/.bin/nx', ...words], { cwd: workspace, env }));
  return {
    name: 'no-op report / show projects',
    about: '`nx run codex:report` of this workspace with every task in the cache, against `nx show projects`',
    limit: 1.3,
    subject: () => nx('run', 'codex:report'),
    floor: () => nx('show', 'projects'),
  };
}

function ofManyTasks(many: NxWorkspace): Comparison {
  return {
    name: 'no-op of 1,000 tasks / show projects',
    about: `the reports of ${MANY} versions of a program with ${COMMANDS} commands, all in the cache, against \`nx show projects\` of the same workspace`,
    limit: 3,
    runs: 7,
    subject: async () => void (await many.nx(...RUN)),
    floor: () => show(many),
  };
}

function ofTheGraph(some: NxWorkspace, bare: NxWorkspace): Comparison {
  const graph = (there: NxWorkspace) => async (): Promise<void> => {
    await there.forget();
    await show(there);
  };
  return {
    name: 'graph / graph without us',
    about: `\`nx show projects\` over ${SOME} versions of 4 targets with nothing remembered, against the same files without our plugin`,
    limit: 1.3,
    runs: 15,
    subject: graph(some),
    floor: graph(bare),
  };
}

function ofAFirstRun(some: NxWorkspace): Measurement {
  const msOf = async (...words: string[]): Promise<number> => {
    await some.undo();
    await show(some);
    const start = wall();
    await some.nx(...words);
    return wall() - start;
  };
  const sample = Array.from({ length: SAMPLE }, (_, at) => `codex@0.125.${at}`).join(',');
  return {
    name: 'first run, unbatched / batched',
    about: `union and report of ${SOME} versions from committed snapshots; unbatched is measured on ${SAMPLE} versions and scaled by tasks`,
    unit: 'ratio',
    atLeast: 5,
    measure: async () => {
      const batched = await msOf(...RUN);
      const alone = await msOf('run-many', '-t', 'report', '-p', sample, '--batch=false', '--outputStyle=static');
      return (alone * SOME) / SAMPLE / batched;
    },
  };
}

async function open(context: BenchContext): Promise<OpenBench> {
  const many = await nxWorkspace(context, { versions: MANY, commands: COMMANDS });
  const some = await nxWorkspace(context, { versions: SOME });
  const bare = await nxWorkspace(context, { versions: SOME, bare: true });
  const said = await many.nx(...RUN);
  if (!said.includes(`${MANY * TASKS_OF_A_VERSION - MANY} tasks`))
    throw new Error(`not all tasks ran: ${said.slice(-300)}`);
  return {
    comparisons: [inThisWorkspace(context.workspace), ofManyTasks(many), ofTheGraph(some, bare)],
    measurements: [ofAFirstRun(some)],
    close: async () => void (await Promise.all([many, some, bare].map(({ remove }) => remove()))),
  };
}

/** What Nx costs with us in it. */
export const nxBench: Bench = { name: 'nx', open };
