import { finding, toCliparityError, type CliparityError, type Finding } from '@cliparity/model';
import type { StoredFixture } from '../fixture/fixture-files.js';
import { firstDifference } from './difference.js';
import type { Recorded } from './record-scenario.js';
import type { StreamState } from './settle-fixture.js';

/** What the state of a stream means for a harvest; undefined when all is well. `file` is the fixture's path for people. */
export function streamFinding(
  state: StreamState,
  file: string,
  texts: { readonly stored: StoredFixture; readonly fresh: string },
): Finding | undefined {
  switch (state) {
    case 'missing':
      return finding({
        code: 'FIXTURE_MISSING',
        file,
        message: `There is no fixture ${file}.`,
        help: 'Record it: cliparity harvest … --record once',
      });
    case 'differs':
      return finding({
        code: 'FIXTURE_DIFFERS',
        file,
        message: `The upstream no longer prints what ${file} holds: ${firstDifference(texts.stored.text ?? '', texts.fresh)}`,
        help: 'Record it again (--record new), then look at it: cliparity review',
      });
    case 'stale':
      return finding({
        code: 'FIXTURE_STALE',
        file,
        message: `${file} holds what the upstream prints, but its sidecar was made by another scenario, binary or normaliser.`,
        help: 'Write it again: cliparity harvest … --record new',
      });
    default:
      return undefined;
  }
}

/** A scenario that failed, as a finding. */
export function failureFinding(name: string, thrown: unknown): Finding {
  const error: CliparityError = toCliparityError(thrown);
  return finding({
    code: error.code,
    key: name,
    message: `Scenario ${name} failed: ${error.message}`,
    ...(error.remedy !== undefined && { help: error.remedy }),
  });
}

/** Masks that fired in no scenario: each hides something that is not there, or no longer. Only meaningful over all scenarios of a version. */
export function idleMaskFindings(recorded: readonly Recorded[]): readonly Finding[] {
  const fired = new Map<string, number>();
  for (const { mask, fired: count } of recorded.flatMap(({ masks }) => masks)) {
    fired.set(mask.id, (fired.get(mask.id) ?? 0) + count);
  }
  return [...fired]
    .filter(([, count]) => count === 0)
    .map(([id]) =>
      finding({
        code: 'MASK_NEVER_FIRED',
        key: id,
        message: `The mask ${id} replaced nothing in any scenario.`,
        help: 'Take it out of the scenarios’ masks, or mend its pattern.',
      }),
    );
}
