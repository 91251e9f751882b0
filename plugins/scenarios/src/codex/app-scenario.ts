import type { ModelAnswer, Place, Plan, RpcMove, RpcStep, Scenario } from '@cliparity/plugin-api';
import { codexConfig, type CodexSettings } from './codex-config.js';
import { rpcMasks } from './codex-masks.js';

/** One conversation with `codex app-server`, after `initialize`. */
export interface AppRun extends Partial<Omit<RpcStep, 'kind' | 'argv' | 'moves'>> {
  readonly moves: readonly RpcMove[];
  /** Leaves `initialize` to the moves. */
  readonly uninitialised?: boolean;
}

/** What an app-server scenario says of itself. */
export interface AppScenario {
  readonly id: string;
  readonly revision: number;
  readonly fits?: string;
  readonly racy?: readonly string[];
  readonly settings?: CodexSettings;
  readonly runs: (version: string) => readonly AppRun[];
  readonly answers: (version: string) => readonly ModelAnswer[];
}

/** What depends on the machine, or comes whenever it likes: whether bubblewrap is installed, remote control, rate limits. */
const DROPPED = ['configWarning', 'remoteControl/status/changed', 'account/rateLimits/updated', 'deprecationNotice'];

const INITIALISE: readonly RpcMove[] = [
  {
    call: 'initialize',
    params: { clientInfo: { name: 'cliparity', title: 'cliparity', version: '1.0.0' } },
  },
  { notify: 'initialized' },
];

/** Opens a thread and keeps its id as `{{thread}}`. */
export const startThread = (params: Readonly<Record<string, unknown>> = {}): readonly RpcMove[] => [
  {
    call: 'thread/start',
    params: { cwd: '{{cwd}}', approvalPolicy: 'never', sandbox: 'read-only', ...params },
    take: { thread: 'thread.id' },
  },
  { until: 'thread/started' },
];

/** Starts a turn of the open thread and keeps its id as `{{turn}}`. */
export const startTurn = (text: string): RpcMove => ({
  call: 'turn/start',
  params: { threadId: '{{thread}}', input: [{ type: 'text', text, text_elements: [] }] },
  take: { turn: 'turn.id' },
});

/** A whole turn. */
export const turn = (text: string): readonly RpcMove[] => [startTurn(text), { until: 'turn/completed' }];

/** These come from other tasks of the server than the items they stand between: where they stand is a race. */
const LOOSE = ['thread/tokenUsage/updated', 'thread/status/changed', 'serverRequest/resolved'];

function step({ moves, uninitialised, drop = [], loose = [], ...rest }: AppRun): RpcStep {
  return {
    kind: 'rpc',
    argv: ['app-server'],
    moves: uninitialised === true ? moves : [...INITIALISE, ...moves],
    drop: [...DROPPED, ...drop],
    loose: [...LOOSE, ...loose],
    ...rest,
  };
}

function planOf(spec: AppScenario, { version }: Place): Plan {
  return {
    files: { 'home/.codex/config.toml': codexConfig(version, spec.settings) },
    env: { MOCK_API_KEY: 'dummy-key-of-the-scripted-model' },
    steps: spec.runs(version).map(step),
    model: { api: 'openai-responses', answers: spec.answers(version) },
    masks: rpcMasks(version),
  };
}

/** A scenario over `codex app-server` on standard input and output. */
export function appScenario(spec: AppScenario): Scenario {
  const { id, revision, fits = '*', racy } = spec;
  return { id, revision, cli: 'codex', fits, ...(racy !== undefined && { racy }), plan: (at) => planOf(spec, at) };
}
