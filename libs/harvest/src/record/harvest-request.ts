import { workspaceLayout } from '@cliparity/manifest-store';
import type { Scenario } from '@cliparity/plugin-api';
import type { FixturePlace } from '../fixture/fixture-files.js';
import type { RecordMode } from './record-mode.js';
import type { Upstream } from './record-scenario.js';
import type { SettleOptions } from './settle-fixture.js';

/** The upstream of a harvest. Its program is brought only when a scenario has to run: up to date means nothing fetched and nothing spawned. */
export interface HarvestUpstream extends Omit<Upstream, 'binary'> {
  /** Absolute path of the executable, or how to bring it. */
  readonly binary: string | (() => Promise<string>);
}

/** One harvest of one version of one upstream. */
export interface HarvestRequest {
  readonly upstream: HarvestUpstream;
  /** Every scenario known; those of other upstreams and versions are left out here. */
  readonly scenarios: readonly Scenario[];
  /** Scenarios or streams to keep; all when empty. */
  readonly names?: readonly string[];
  readonly mode: RecordMode;
  /** Record everything, compare, write nothing. */
  readonly check?: boolean;
  readonly runs?: number;
  /** How many scenarios run at the same time; 1 unless said. */
  readonly concurrency?: number;
  /** Absolute folders: the workspace, the version's fixtures, what waits for review, and room for the runs. */
  readonly folders: {
    readonly workspace: string;
    readonly fixtures: string;
    /** Where the streams go when they may not be committed; sidecars and schemas stay with the fixtures. */
    readonly streams?: string;
    /** Without it nothing can wait: what changed is a finding. */
    readonly pending?: string;
    readonly scratch: string;
  };
}

/** Where the fixtures of a harvest lie. */
export const placeOf = ({ folders }: HarvestRequest): FixturePlace =>
  folders.streams === undefined ? folders.fixtures : { sidecars: folders.fixtures, streams: folders.streams };

/** How it treats what is stored. */
export const settleOptions = ({ mode, check = false, folders }: HarvestRequest): SettleOptions => ({
  mode,
  check,
  withheld: folders.streams !== undefined,
  mayWait: folders.pending !== undefined,
});

/** The command that harvests this again, as somebody would type it. @param scenario one of them only */
export function commandOf({ upstream, folders }: HarvestRequest, scenario?: string): string {
  const only = scenario === undefined ? '' : ` --scenario ${scenario}`;
  const elsewhere = folders.pending === undefined ? ` --out '${folders.fixtures}'` : '';
  return `cliparity harvest ${upstream.cli} ${upstream.version}${only}${elsewhere}`;
}

/** One lock for all fixtures of a workspace: harvests, and decisions over what waits, write one after the other. */
export const fixturesLock = (workspace: string) =>
  ({ name: 'fixtures', path: workspaceLayout(workspace).allFixtures, workspace }) as const;
