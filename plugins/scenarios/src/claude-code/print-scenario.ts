import type { ExecStep, Mask, ModelAnswer, Plan, Scenario } from '@cliparity/plugin-api';

/** The model that is asked for; small requests the program makes besides name another. */
export const CLAUDE_MODEL = 'claude-sonnet-4-5';

/** One run of `claude -p`, without what all runs share. */
export interface PrintRun extends Partial<Omit<ExecStep, 'kind' | 'argv'>> {
  readonly prompt: string;
  readonly words?: readonly string[];
}

/** What a scenario of Claude Code says of itself. */
export interface PrintScenario {
  readonly id: string;
  readonly revision: number;
  readonly runs: readonly PrintRun[];
  readonly answers: readonly ModelAnswer[];
}

const MASKS: readonly Mask[] = [
  {
    id: 'durations',
    keys: [
      'duration_ms',
      'duration_api_ms',
      'ttft_ms',
      'ttft_stream_ms',
      'time_to_request_ms',
      'first_content_frame_ms',
    ],
    as: 0,
  },
  // Folders also stand with dashes for slashes, as names of folders.
  { id: 'slug', pattern: '(?<=projects/)-[A-Za-z0-9-]+', as: '-CWD' },
  { id: 'socket', keys: ['messaging_socket_path'], as: '/SOCKET' },
];

const ENV = {
  CLAUDE_CONFIG_DIR: '{{home}}/.claude',
  ANTHROPIC_BASE_URL: '{{model}}',
  ANTHROPIC_API_KEY: 'dummy-key-of-the-scripted-model',
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  DISABLE_AUTOUPDATER: '1',
  DISABLE_TELEMETRY: '1',
  CLAUDE_CODE_MAX_RETRIES: '0',
};

function step({ prompt, words = [], ...rest }: PrintRun): ExecStep {
  const usual = ['--output-format', 'stream-json', '--verbose', '--model', CLAUDE_MODEL];
  return { kind: 'exec', argv: ['-p', prompt, ...usual, ...words], ...rest };
}

/** A scenario over `claude -p --output-format stream-json` and a scripted Messages API. */
export function printScenario({ id, revision, runs, answers }: PrintScenario): Scenario {
  const plan: Plan = {
    files: {},
    env: ENV,
    steps: runs.map(step),
    model: { api: 'anthropic-messages', answers },
    masks: MASKS,
  };
  return { id, revision, cli: 'claude-code', fits: '>=2.1.0', plan: () => plan };
}
