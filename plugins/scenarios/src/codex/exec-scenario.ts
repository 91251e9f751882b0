import type { ExecStep, ModelAnswer, Place, Plan, Scenario } from '@cliparity/plugin-api';
import { codexConfig, type CodexSettings } from './codex-config.js';
import { EXEC_MASKS } from './codex-masks.js';

/** One run of `codex exec`, without what all runs share. */
export interface ExecRun extends Partial<Omit<ExecStep, 'kind' | 'argv'>> {
  readonly prompt: string;
  /** Between `exec` with its usual options and the prompt, such as `resume {{thread}}`. */
  readonly words?: readonly string[];
  readonly sandbox?: 'read-only' | 'workspace-write' | 'danger-full-access';
}

/** What an exec scenario says of itself. */
export interface ExecScenario {
  readonly id: string;
  readonly revision: number;
  /** All versions unless said. */
  readonly fits?: string;
  readonly racy?: readonly string[];
  readonly settings?: CodexSettings;
  readonly files?: Readonly<Record<string, string>>;
  /** Whether the key that the configuration asks for is there. */
  readonly withoutKey?: boolean;
  readonly runs: (version: string) => readonly ExecRun[];
  readonly answers: (version: string) => readonly ModelAnswer[];
}

function step({ prompt, words = [], sandbox = 'read-only', ...rest }: ExecRun): ExecStep {
  return {
    kind: 'exec',
    argv: ['exec', '--json', '--skip-git-repo-check', '-s', sandbox, ...words, prompt],
    ...rest,
  };
}

function planOf(spec: ExecScenario, { version }: Place): Plan {
  return {
    files: { 'home/.codex/config.toml': codexConfig(version, spec.settings), ...spec.files },
    env: spec.withoutKey === true ? {} : { MOCK_API_KEY: 'dummy-key-of-the-scripted-model' },
    steps: spec.runs(version).map(step),
    model: { api: 'openai-responses', answers: spec.answers(version) },
    masks: EXEC_MASKS,
  };
}

/** A scenario over `codex exec --json` and a scripted Responses API. */
export function execScenario(spec: ExecScenario): Scenario {
  const { id, revision, fits = '*', racy } = spec;
  return { id, revision, cli: 'codex', fits, ...(racy !== undefined && { racy }), plan: (at) => planOf(spec, at) };
}
