const ARCHS: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64', ia32: 'i686' };
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/windows|win32|msvc/, 'windows'],
  [/darwin|apple|macos/, 'macos'],
  [/linux/, 'linux'],
];

/** What the words of a triple, or of npm’s name for a platform, say about it: the members of a target, indented by two. */
export function platformMembers(id: string): string {
  const os = SYSTEMS.find(([pattern]) => pattern.test(id))?.[1];
  if (os === undefined) return `  os: 'any',\n  arch: 'any',`;
  const words = id.toLowerCase().split('-');
  const word = words[/^(?:linux|darwin|win32)-/.test(id) ? 1 : 0] ?? '';
  const arch = (ARCHS[word] ?? word).replace(/[^a-z0-9_]/g, '') || 'x86_64';
  const libc = os === 'linux' ? /musl|gnu/.exec(id)?.[0] : undefined;
  return [`  os: '${os}',`, `  arch: '${arch}',`, ...(libc === undefined ? [] : [`  libc: '${libc}',`])].join('\n');
}
