import { stripVTControlCharacters } from 'node:util';
import { CouldNotRun, FindingError } from '@cliparity/model';
import type { ChildResult } from './child-result.js';
import { couldNotRun } from './could-not-run.js';

/** What a binary says of itself. */
export interface VersionAnswer {
  /** The whole answer, LF newlines, trimmed. */
  readonly version_output: string;
  /** The first semantic version in it. */
  readonly version: string;
}

const SEMVER = /\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.-]+)*/;

/** stdout when anything is on it, else stderr; LF newlines, no escapes, trimmed. Source: parity-formats 2.2. */
export function versionOutput(result: Pick<ChildResult, 'stdout' | 'stderr'>): string {
  const text = result.stdout.trim() === '' ? result.stderr : result.stdout;
  return stripVTControlCharacters(text).replaceAll('\r\n', '\n').trim();
}

const withoutBuild = (version: string): string => version.split('+', 1)[0] ?? version;

/** The first semantic version in a text, without trailing dots. */
export function versionIn(text: string): string | undefined {
  return SEMVER.exec(text)?.[0].replace(/\.+$/, '');
}

/**
 * Compares what a binary printed with what the lock says. Build metadata counts only when the lock has some.
 * @throws FindingError VERSION_MISMATCH
 */
export function checkVersion(output: string, expected: string, where: string): VersionAnswer {
  const version = versionIn(output);
  if (version === undefined) {
    throw new FindingError('VERSION_MISMATCH', `${where} names no version, the lock says ${expected}`, {
      where,
      remedy: 'Set crawl.version_argv to what makes the program print its version.',
    });
  }
  const same = expected.includes('+') ? version === expected : withoutBuild(version) === expected;
  if (same) return { version_output: output, version };
  throw new FindingError('VERSION_MISMATCH', `${where} says it is ${version}, the lock says ${expected}`, {
    where,
    remedy: `Lock the version again, or find out who changed the release ${expected}.`,
  });
}

/**
 * Asks a binary for its version and holds it against the lock's.
 * @param run starts the binary with an argv
 * @throws CouldNotRun when it does not run or exits non-zero, FindingError VERSION_MISMATCH
 */
export async function probeVersion(
  run: (argv: readonly string[]) => Promise<ChildResult>,
  expected: string,
  argv: readonly string[] = ['--version'],
): Promise<VersionAnswer> {
  const result = await run(argv);
  const what = `${result.file} ${argv.join(' ')}`;
  const broken = couldNotRun(result, what);
  if (broken !== undefined) throw broken;
  if (result.exitCode !== 0) {
    throw new CouldNotRun('VERSION_PROBE_FAILED', `${what}: exit ${String(result.exitCode)}`, {
      where: what,
      remedy: 'Set crawl.version_argv to what makes the program print its version.',
    });
  }
  return checkVersion(versionOutput(result), expected, what);
}
