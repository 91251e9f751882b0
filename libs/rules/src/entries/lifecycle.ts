import type { CatalogueEntry } from '../catalogue-entry.js';

/** Codes of versions on their way: metadata, gates, pointers, retention. */
export const lifecycleEntries: readonly CatalogueEntry[] = [
  {
    code: 'GATE_NOT_MET',
    kind: 'finding',
    severity: 'error',
    meaning: 'A version cannot get the status asked for, because something that the status promises is not there.',
    why: 'A status is believed by everybody who reads the pointers; it must follow from tests and coverage.',
    example: '0.125.0 cannot become validated: no test has passed on x86_64-unknown-linux-musl.',
    mend: 'Do what the message names first: verify the version, or cover what is missing. Nothing was written.',
  },
  {
    code: 'PROMOTION_BACKWARDS',
    kind: 'finding',
    severity: 'error',
    meaning: 'A version older than the latest validated one was to be promoted.',
    why: 'Whoever follows the pointers would be moved back without being asked.',
    example: '0.125.0 is validated; pointers do not go back to 0.92.0.',
    mend: 'Promote a newer version. To retract one, change the pointers in a commit of your own that says why.',
  },
  {
    code: 'STATUS_DOWNGRADE',
    kind: 'finding',
    severity: 'error',
    meaning: 'A version would get a lower status than it has, and nobody says why.',
    why: 'A status that falls in silence breaks the promise that others have read.',
    example: '0.125.0 is validated and would become reported.',
    mend: 'Say why it must be lowered, or leave its status as it is.',
  },
  {
    code: 'VERSION_NOT_STABLE',
    kind: 'usage',
    meaning: 'A pre-release was to be promoted.',
    why: 'Pointers name what others may rely on, and a pre-release promises nothing.',
    example: '1.0.0-rc.1 is a pre-release; pointers name stable versions only.',
    mend: 'Promote the release that follows it.',
  },
];
