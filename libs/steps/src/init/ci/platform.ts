const ARCHS: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64', ia32: 'i686' };
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/windows|win32|msvc/, 'windows'],
  [/darwin|apple|macos/, 'macos'],
  [/linux/, 'linux'],
];

/** What a target’s name says. */
export interface Platform {
  readonly os: string;
  readonly arch: string;
  readonly libc?: string;
}

/** What the words of a triple, or of npm’s name for a platform, say about it. */
export function platformOf(id: string): Platform {
  const os = SYSTEMS.find(([pattern]) => pattern.test(id))?.[1];
  if (os === undefined) return { os: 'any', arch: 'any' };
  const words = id.toLowerCase().split('-');
  const word = words[/^(?:linux|darwin|win32)-/.test(id) ? 1 : 0] ?? '';
  const arch = (ARCHS[word] ?? word).replace(/[^a-z0-9_]/g, '') || 'x86_64';
  const libc = os === 'linux' ? /musl|gnu/.exec(id)?.[0] : undefined;
  return { os, arch, ...(libc !== undefined && { libc }) };
}
