import type { CommandPath, TargetId } from '@cliparity/model';
import { disagreements, type Disagreement, type FactReaders, type SeenCommand } from '../conflicts.js';
import type { ArgV1, CommandV1, ConflictV2, FlagV1 } from './schema.js';

/** Where the raw help of a command on a target lies (relative to `raw_help/`'s root) and its digest. */
export type EvidenceOf = (target: TargetId, path: CommandPath) => { ref: string; sha256: string } | undefined;

/** The fields the older format compares. Source: reference/parity-formats.md section 3, number 7. */
const TRACKED: FactReaders<CommandV1, FlagV1, ArgV1> = {
  command: ({ about = null, usage = null }) => ({ about, usage }),
  flag: ({ takes_value = false, value_name = null, repeatable = null }) => ({ takes_value, value_name, repeatable }),
  arg: ({ required = false, variadic = false }) => ({ required, variadic }),
};
export const TRACKED_FIELDS_V2: ReadonlySet<string> = new Set([
  'command/about',
  'command/usage',
  'flag/takes_value',
  'flag/value_name',
  'flag/repeatable',
  'arg/required',
  'arg/variadic',
]);
export const HELP_CONTEXT = { command: 'Usage', flag: 'Options', arg: 'Arguments' } as const;

/** Every field of one command and its units on which targets disagree. */
export function conflictsV2(seen: SeenCommand<CommandV1, FlagV1, ArgV1>, evidence?: EvidenceOf): ConflictV2[] {
  return disagreements(seen, TRACKED).map((conflict) => {
    const proof = evidence === undefined ? undefined : evidenceFor(conflict, evidence);
    return { ...conflict, help_context: HELP_CONTEXT[conflict.unit], ...(proof !== undefined && { evidence: proof }) };
  });
}

function evidenceFor(conflict: Disagreement, evidence: EvidenceOf): ConflictV2['evidence'] {
  const found = Object.keys(conflict.values_by_target).flatMap((target) => {
    const file = evidence(target, conflict.path);
    return file === undefined ? [] : [[target, file] as const];
  });
  if (found.length === 0) return undefined;
  return {
    help_ref_by_target: Object.fromEntries(found.map(([target, { ref }]) => [target, ref])),
    help_sha256_by_target: Object.fromEntries(found.map(([target, { sha256 }]) => [target, sha256])),
  };
}
