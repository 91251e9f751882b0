import type { CatalogueEntry } from '../catalogue-entry.js';
import { findingEntries, type FindingRow } from './entry-table.js';

const AGAIN = 'Make the matrix again from the roots.';

/** The cells of a row that are derived: prefix of the code’s middle, what the cell is. */
const CELLS = [
  ['MANIFEST_SUPPORT', 'manifest_support', 'whether the version claims the target'],
  ['BACKEND_SUPPORT', 'backend_support', 'what the report of the target leaves open'],
  ['UAA_SUPPORT', 'uaa_support', 'what the other cells add up to'],
  ['POINTER_PROMOTION', 'pointer_promotion', 'which pointers name the version on the target'],
  ['EVIDENCE_NOTES', 'evidence_notes', 'why a row is not plainly supported'],
] as const;

const cells = CELLS.map(([middle, cell, says]): FindingRow => [
  `SUPPORT_MATRIX_${middle}_MISMATCH`,
  `A published row says another ${cell} than the roots give.`,
  `The cell says ${says}; readers decide by it.`,
  `${cell} is "supported", the roots give "partial"`,
  AGAIN,
]);

/** Codes of the support matrix that a workspace publishes over its older roots. */
export const parityMatrixEntries: readonly CatalogueEntry[] = findingEntries([
  ...cells,
  [
    'SUPPORT_MATRIX_ARTIFACT_MISSING',
    'The workspace publishes no support matrix.',
    'Readers of the matrix find nothing.',
    'no support matrix is published',
    AGAIN,
  ],
  [
    'SUPPORT_MATRIX_INVALID_JSON',
    'The published support matrix cannot be understood.',
    'Readers of the matrix find nothing they can use.',
    'the support matrix cannot be understood',
    AGAIN,
  ],
  [
    'SUPPORT_MATRIX_SCHEMA_INVALID',
    'The published support matrix is of a version that nobody knows.',
    'Its rows may mean something else.',
    'version 2 is unknown; only 1 is known',
    AGAIN,
  ],
  [
    'SUPPORT_MATRIX_ROOT_READ_ERROR',
    'A root that takes part in the matrix cannot be read.',
    'Its rows can neither be made nor checked.',
    'cli_manifests/codex: current.json cannot be read',
    'Mend the root first: `cliparity validate CLI` says what is wrong with it.',
  ],
  [
    'SUPPORT_MATRIX_UNKNOWN_AGENT',
    'The matrix has rows of a root that does not take part in it.',
    'A root that was renamed or removed still seems to be supported.',
    'there is no root "odder"',
    AGAIN,
  ],
  [
    'SUPPORT_MATRIX_ROW_MISSING',
    'The roots give a row that the matrix does not have.',
    'A version or target is silently left out.',
    'the roots give a row that is not published',
    AGAIN,
  ],
  [
    'SUPPORT_MATRIX_ROW_DUPLICATE',
    'A row of the matrix stands twice.',
    'The two may come to differ.',
    'the row is published 2 times',
    AGAIN,
  ],
  [
    'SUPPORT_MATRIX_ROW_UNEXPECTED',
    'The matrix has a row that follows from no root.',
    'It promises something that no file says.',
    'the row follows from no root',
    AGAIN,
  ],
  [
    'SUPPORT_MATRIX_ROW_ORDER_MISMATCH',
    'The rows of the matrix are not in order.',
    'Changes become hard to read and to merge.',
    'row 0 belongs to aider 0.0.0 darwin-arm64',
    AGAIN,
  ],
  [
    'SUPPORT_MATRIX_VERSION_STATUS_MISMATCH',
    'A validated pointer names a version whose status is not validated.',
    'The pointer promises tests that the version does not know of.',
    'latest_validated needs a validated version, 0.129.0 is reported',
    'Verify and promote the version, or point at another.',
  ],
]);
