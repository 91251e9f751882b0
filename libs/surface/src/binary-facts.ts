import type { Binary, LockEntry, OperatingSystem } from '@cliparity/model';

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'x86_64', amd64: 'x86_64', arm64: 'aarch64' };

/** The target's platform in the older format's words (`linux|macos|windows`, `x86_64|aarch64`). */
export function platformOf(target: { readonly os: OperatingSystem; readonly arch: string }): Binary['platform'] {
  return { os: target.os, arch: ARCHITECTURES[target.arch] ?? target.arch };
}

/** A version's channel: `nightly` or `beta` if the version says so, else `stable`. Source: reference/parity-formats.md section 2.2. */
export function channelOf(version: string): 'stable' | 'beta' | 'nightly' {
  if (version.includes('nightly')) return 'nightly';
  return version.includes('beta') ? 'beta' : 'stable';
}

/** The first word of 7 to 40 hexadecimal digits in what `--version` printed. Source: reference/parity-formats.md section 2.2. */
export function commitOf(versionOutput: string): string | undefined {
  return /\b[0-9a-f]{7,40}\b/i.exec(versionOutput)?.[0];
}

export interface BinaryParts {
  readonly entry: LockEntry;
  readonly target: { readonly id: string; readonly os: OperatingSystem; readonly arch: string };
  readonly versionOutput: string;
}

/** The `binary` block of a snapshot; the platform is the target's, never the host's. */
export function binaryOf({ entry, target, versionOutput }: BinaryParts): Binary {
  const commit = commitOf(versionOutput);
  return {
    sha256: entry.binary_sha256,
    size_bytes: entry.binary_size_bytes,
    platform: platformOf(target),
    target_triple: target.id,
    version_output: versionOutput,
    semantic_version: entry.semantic_version,
    channel: channelOf(entry.semantic_version),
    ...(commit !== undefined && { commit }),
  };
}
