/** What a file name or package version says about the place it is for; absent when it says nothing, or several things. */
export interface PlatformWords {
  readonly os?: 'linux' | 'macos' | 'windows';
  readonly arch?: string;
  readonly libc?: 'musl' | 'gnu';
}

const word = (pattern: string): RegExp => new RegExp(`(?:^|[^a-z0-9])(?:${pattern})(?=$|[^a-z0-9])`);

const OS = [
  ['linux', word('linux|linux32|linux64')],
  ['macos', word('darwin|macos|macosx|osx|apple')],
  ['windows', word('windows|win32|win64|win')],
] as const;
const ARCH = [
  ['x64', word('x86_64|x86-64|amd64|x64')],
  ['arm64', word('aarch64|arm64')],
  ['x86', word('i[3-6]86|ia32|x86(?![_-]64)')],
  ['arm', word('armv[67](?:l|hf)?|arm')],
  ['riscv64', word('riscv64(?:gc)?')],
] as const;
const LIBC = [
  ['musl', word('musl(?:eabihf)?')],
  ['gnu', word('gnu(?:eabihf)?|glibc')],
] as const;

function only<T extends string>(text: string, table: readonly (readonly [T, RegExp])[]): T | undefined {
  const hits = table.filter(([, pattern]) => pattern.test(text));
  return hits.length === 1 ? hits[0]?.[0] : undefined;
}

/** Reads the platform words out of a target's name, a file name or a package version. Pure. */
export function platformWords(text: string): PlatformWords {
  const lower = text.toLowerCase();
  const [os, arch, libc] = [only(lower, OS), only(lower, ARCH), only(lower, LIBC)];
  return { ...(os !== undefined && { os }), ...(arch !== undefined && { arch }), ...(libc !== undefined && { libc }) };
}

/** The first word in which a text contradicts a target, as `said, wanted`; undefined when they can be about the same place. */
export function platformConflict(target: string, text: string): string | undefined {
  const [wanted, said] = [platformWords(target), platformWords(text)];
  for (const key of ['os', 'arch'] as const) {
    const [a, b] = [wanted[key], said[key]];
    if (a !== undefined && b !== undefined && a !== b) return `${b}, not ${a}`;
  }
  return undefined;
}
