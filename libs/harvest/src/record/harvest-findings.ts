import { finding, toCliparityError, type CliparityError, type Finding } from '@cliparity/model';
import type { StoredFixture } from '../fixture/fixture-files.js';
import { firstDifference } from './difference.js';
import type { Recorded } from './record-scenario.js';
import type { StreamState } from './settle-fixture.js';

/**
 * What the state of a stream means for a harvest; undefined when all is well.
 * @param file the fixture's path for people; `command` is what harvests its scenario
 */
export function streamFinding(
  state: StreamState,
  file: string,
  texts: {
    readonly stored: StoredFixture;
    readonly fresh: string;
    readonly command: string;
    readonly mayWait: boolean;
  },
): Finding | undefined {
  switch (state) {
    case 'missing':
      return finding({
        code: 'FIXTURE_MISSING',
        file,
        message: `There is no fixture ${file}.`,
        help: `Record it: ${texts.command} --record once`,
      });
    case 'differs':
      return finding({
        code: 'FIXTURE_DIFFERS',
        file,
        message: `The upstream no longer prints what ${file} holds: ${firstDifference(texts.stored.text ?? '', texts.fresh)}`,
        help: texts.mayWait
          ? `Let it wait and look at it: ${texts.command} --record new, then cliparity review`
          : `Take it over: ${texts.command} --record all`,
      });
    case 'stale':
      return finding({
        code: 'FIXTURE_STALE',
        file,
        message: `${file} holds what the upstream prints, but its sidecar was made by another scenario, binary or normaliser.`,
        help: `Write it again: ${texts.command} --record new`,
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

const idle = (id: string): Finding =>
  finding({
    code: 'MASK_NEVER_FIRED',
    key: id,
    message: `The mask ${id} replaced nothing in any scenario.`,
    help: 'Take it out of the scenarios’ masks, or mend its pattern.',
  });

const needless = (id: string): Finding =>
  finding({
    code: 'MASK_HIDES_THE_SAME',
    key: id,
    message: `What the mask ${id} replaced was the same in all runs, of every scenario.`,
    help: 'Take it out, or say in its `follows` that it hides what differs between users or machines.',
  });

/**
 * Masks that fired in no scenario: each hides something that is not there, or no longer; and those that hid only what two runs had alike, in other
 * folders, on other ports, days and, where that can be had, of another user. Only meaningful over all scenarios of a version.
 */
export function maskFindings(recorded: readonly Recorded[]): readonly Finding[] {
  const uses = recorded.flatMap(({ masks }) => masks);
  return [...new Set(uses.map(({ mask }) => mask.id))].flatMap((id) => {
    const mine = uses.filter(({ mask }) => mask.id === id);
    if (mine.every(({ fired }) => fired === 0)) return [idle(id)];
    const seen = mine.filter(({ differs }) => differs !== undefined);
    return seen.length > 0 && seen.every(({ differs }) => differs === false) ? [needless(id)] : [];
  });
}
