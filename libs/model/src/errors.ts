/** Exit codes of the command. Source: DESIGN section 7. */
export const EXIT = { done: 0, findings: 1, usage: 2, couldNotRun: 3, internal: 4, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface ErrorDetails {
  /** The file, URL, target or option the error is about. */
  readonly where?: string | undefined;
  /** What to do next, as a sentence or a command. */
  readonly remedy?: string | undefined;
  readonly cause?: unknown;
}

/** Marks our errors across copies of this module: a plugin’s package brings its own, and what it throws must count as what it is. */
const MARK = Symbol.for('cliparity.error');

/** The one error class of ours; `code` is stable and listed by `explain`. */
export class CliparityError extends Error {
  /** The exit code by which an error of another copy is told to be of this class; of each class its own. */
  static readonly told: ExitCode | 'any' = 'any';

  static override [Symbol.hasInstance](thrown: unknown): boolean {
    if (Function.prototype[Symbol.hasInstance].call(this, thrown)) return true;
    if (!(thrown instanceof Error) || !(MARK in thrown) || !Object.hasOwn(this, 'told')) return false;
    return this.told === 'any' || (thrown as Partial<CliparityError>).exitCode === this.told;
  }

  readonly [MARK] = true;
  readonly exitCode: ExitCode = EXIT.internal;
  readonly where: string | undefined;
  readonly remedy: string | undefined;

  constructor(
    readonly code: string,
    message: string,
    details: ErrorDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.where = details.where;
    this.remedy = details.remedy;
  }
}

/** The words typed or the configuration read are wrong: exit 2. */
export class UsageError extends CliparityError {
  static override readonly told = EXIT.usage;
  override readonly exitCode: ExitCode = EXIT.usage;
}

/** Network, a missing tool, a failing upstream or a broken artifact stopped us: exit 3. */
export class CouldNotRun extends CliparityError {
  static override readonly told = EXIT.couldNotRun;
  override readonly exitCode: ExitCode = EXIT.couldNotRun;
}

/** A committed file or an artifact is not what it claims to be: exit 1. */
export class FindingError extends CliparityError {
  static override readonly told = EXIT.findings;
  override readonly exitCode: ExitCode = EXIT.findings;
}

/** The user stopped the run: exit 130. */
export class Interrupted extends CliparityError {
  static override readonly told = EXIT.interrupted;
  override readonly exitCode: ExitCode = EXIT.interrupted;

  constructor(message = 'interrupted') {
    super('INTERRUPTED', message);
  }
}

/** Turns whatever was thrown into one of ours; what is not ours is an internal error that keeps its cause. */
export function toCliparityError(thrown: unknown): CliparityError {
  if (thrown instanceof CliparityError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new CliparityError('INTERNAL', message, {
    cause: thrown,
    remedy: 'This is a fault of cliparity. Run again with --verbose and report it.',
  });
}
