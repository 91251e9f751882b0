/** A machine that a CI provider rents out, and what it runs. Names of runners are the providers’ own (their documentation, 2026). */
export interface Host {
  readonly host: string;
  readonly github: string;
  readonly gitlab: string;
}

const HOSTS: Readonly<Record<string, Host>> = {
  'linux-x86_64': { host: 'linux-x86_64', github: 'ubuntu-24.04', gitlab: 'saas-linux-small-amd64' },
  'linux-aarch64': { host: 'linux-aarch64', github: 'ubuntu-24.04-arm', gitlab: 'saas-linux-small-arm64' },
  'macos-aarch64': { host: 'macos-aarch64', github: 'macos-15', gitlab: 'saas-macos-medium-m1' },
  'macos-x86_64': { host: 'macos-x86_64', github: 'macos-15-intel', gitlab: 'saas-macos-medium-m1' },
  'windows-x86_64': { host: 'windows-x86_64', github: 'windows-2025', gitlab: 'saas-windows-medium-amd64' },
  'windows-aarch64': { host: 'windows-aarch64', github: 'windows-11-arm', gitlab: 'saas-windows-medium-amd64' },
};

/** The host for a system and a machine; scripts run anywhere, so on the cheapest; undefined when nobody rents one out. */
export function hostOf({ os, arch }: { readonly os: string; readonly arch: string }): Host | undefined {
  return HOSTS[os === 'any' ? 'linux-x86_64' : `${os}-${arch}`];
}
