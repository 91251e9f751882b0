import type { Mask } from '@cliparity/plugin-api';
import { lt } from 'semver';

/** The user’s login shell stands in front of each command, and of what it says itself. */
export const EXEC_MASKS: readonly Mask[] = [
  {
    id: 'login-shell',
    pattern: '(?:/usr)?/bin/(?:ba|z|da)?sh(?= -lc|: line \\d)',
    as: '/bin/bash',
    follows: 'user',
  },
];

const TIMES: Mask = {
  id: 'times',
  keys: [
    'emittedAtMs',
    'startedAtMs',
    'completedAtMs',
    'startedAt',
    'completedAt',
    'createdAt',
    'updatedAt',
    'recencyAt',
  ],
  as: 0,
  follows: 'clock',
};
const PLACES: readonly Mask[] = [
  { id: 'session-day', pattern: '(?<=sessions/)\\d{4}/\\d{2}/\\d{2}', as: '2000/01/01', follows: 'clock' },
  {
    id: 'rollout-time',
    pattern: '(?<=rollout-)\\d{4}-\\d{2}-\\d{2}T\\d{2}-\\d{2}-\\d{2}',
    as: '2000-01-01T00-00-00',
    follows: 'clock',
  },
  {
    id: 'system',
    pattern: '(?<=/\\d+\\.\\d+\\.\\d+ )\\([A-Z][^;()"]*; [a-z0-9_]+\\)',
    as: '(System 0.0.0; arch)',
    follows: 'machine',
  },
];
/** Only seen where commands run over the app-server, which no scenario of the oldest version does. */
const COMMANDS: readonly Mask[] = [
  { id: 'durations', keys: ['durationMs', 'duration_ms'], as: 0 },
  { id: 'process-ids', keys: ['processId', 'process_id'], as: '0' },
];

/** What only the app-server prints: times, durations, process ids and the machine's name. */
export function rpcMasks(version: string): readonly Mask[] {
  return [TIMES, ...PLACES, ...(lt(version, '0.117.0') ? [] : [...EXEC_MASKS, ...COMMANDS])];
}
