import type { CommandSpec } from './command-spec.js';
import { CLI_VERSION } from './common-args.js';

/** Commands around golden event streams. */
export const STREAM_COMMANDS: readonly CommandSpec[] = [
  {
    name: 'harvest',
    summary: 'record golden event streams from the real binary with scripted scenarios, or check the committed ones',
    args: CLI_VERSION,
    options: [
      ['--scenario <name>', 'only this scenario or stream (repeatable)', 'list'],
      ['--record <mode>', 'once, new, none or all (default: once; in CI none)'],
      ['--runs <n>', 'how many runs must agree (default: 2)'],
      ['--check', 'record again and compare; write nothing; exit 1 when something differs'],
      ['--out <dir>', 'where the fixtures lie (default: integration/fixtures/<cli>/<version>)'],
      ['--diff <version>', 'compare the committed streams with those of another version instead'],
    ],
    examples: [
      'cliparity harvest codex 0.125.0 --check',
      'cliparity harvest codex 0.169.0 --diff 0.125.0',
      'cliparity harvest codex 0.125.0 --scenario thread_basic --record all',
    ],
    load: async () => (await import('./commands/harvest.js')).run,
  },
  {
    name: 'pending',
    summary: 'changed fixtures that wait for a decision',
    args: [],
    options: [],
    examples: ['cliparity pending --json'],
    load: async () => (await import('./commands/review.js')).pending,
  },
  {
    name: 'review',
    summary: 'what each waiting fixture changes, event by event',
    args: [],
    options: [],
    examples: ['cliparity review'],
    load: async () => (await import('./commands/review.js')).review,
  },
  {
    name: 'accept',
    summary: 'take waiting fixtures over into the accepted ones',
    args: [['<id...>', 'as pending prints them']],
    options: [],
    examples: ['cliparity accept codex/0.125.0/thread_basic'],
    load: async () => (await import('./commands/review.js')).accept,
  },
  {
    name: 'reject',
    summary: 'drop waiting fixtures; the accepted ones stay',
    args: [['<id...>', 'as pending prints them']],
    options: [],
    examples: ['cliparity reject codex/0.125.0/thread_basic'],
    load: async () => (await import('./commands/review.js')).reject,
  },
  {
    name: 'serve',
    summary: 'be the scripted model API on loopback until stopped',
    args: [['<script>', 'a JSON file: what is answered, request by request']],
    options: [['--port <n>', 'listen here (default: a free port, which is printed)']],
    examples: ['cliparity serve script.json --port 8080'],
    load: async () => (await import('./commands/serve.js')).run,
  },
];
