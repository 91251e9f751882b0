/** A pointer as its file states it: a version, or undefined for `none` and for a file that is not there. */
export type Pointers = ReadonlyMap<string, string | undefined>;

/** All pointers of a root. */
export interface RootPointers {
  readonly latestSupported: Pointers;
  readonly latestValidated: Pointers;
  /** `latest_validated.txt` */
  readonly rootValidated: string | undefined;
  /** `min_supported.txt` */
  readonly minSupported: string | undefined;
}

/** A file of a root as it is to be; paths are relative to the root. */
export interface PlannedWrite {
  readonly path: string;
  readonly text: string;
}

/** The content of a pointer file. */
export function pointerText(version: string | undefined): string {
  return `${version ?? 'none'}\n`;
}

const STABLE = /^\d+\.\d+\.\d+$/;

/** What a pointer file’s text names: a stable version. Undefined for `none` and for what no pointer may hold, which validate finds. */
export function pointerVersion(text: string | undefined): string | undefined {
  const line = (text ?? '').trim();
  return STABLE.test(line) ? line : undefined;
}

/** Whether a text names a version or says `none`; white space around it is no matter here. */
export function isPointerText(text: string): boolean {
  return text.trim() === 'none' || pointerVersion(text) !== undefined;
}

/** Every version that some pointer names. */
export function pointedAt({
  latestSupported,
  latestValidated,
  rootValidated,
  minSupported,
}: RootPointers): ReadonlySet<string> {
  const all = [...latestSupported.values(), ...latestValidated.values(), rootValidated, minSupported];
  return new Set(all.filter((version) => version !== undefined));
}
