import type { Scratch } from './scratch.js';

/** Variables that isolation owns; a root's settings may not set them. */
export const RESERVED_ENV = [
  'HOME',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'XDG_CONFIG_HOME',
  'XDG_CACHE_HOME',
  'XDG_DATA_HOME',
  'XDG_STATE_HOME',
  'XDG_RUNTIME_DIR',
  'TMPDIR',
  'TMP',
  'TEMP',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'http_proxy',
  'https_proxy',
  'NO_PROXY',
  'no_proxy',
] as const;

/** Nothing listens on the discard port: what honours proxies is refused at once instead of waiting for a name. */
const DEAD_PROXY = 'http://127.0.0.1:9';

/** What Windows programs cannot start without; read from the machine. */
const WINDOWS_NEEDS = ['SystemRoot', 'ComSpec', 'PATHEXT'] as const;

const systemRoot = (): string => process.env['SystemRoot'] ?? 'C:\\Windows';

const searchPath = (): string =>
  process.platform === 'win32' ? `${systemRoot()}\\system32;${systemRoot()}` : '/usr/bin:/bin';

function windowsEnv(scratch: Scratch): Record<string, string> {
  if (process.platform !== 'win32') return {};
  const needed = WINDOWS_NEEDS.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(needed),
    USERPROFILE: scratch.home,
    APPDATA: scratch.home,
    LOCALAPPDATA: scratch.home,
    TMP: scratch.tmp,
    TEMP: scratch.tmp,
  };
}

/** What reaches loopback directly: no proxy of ours or of the machine's knows the servers that stand there. */
export const LOOPBACK_DIRECT = { NO_PROXY: '127.0.0.1,localhost,::1', no_proxy: '127.0.0.1,localhost,::1' } as const;

/**
 * The whole environment of an isolated child, made from nothing: no variable of ours gets through.
 * @param extra the root's own variables; what isolation owns cannot be overridden
 */
export function childEnv(
  scratch: Scratch,
  columns: number,
  extra: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return {
    NO_COLOR: '1',
    TERM: 'dumb',
    LANG: 'C.UTF-8',
    COLUMNS: String(columns),
    PATH: searchPath(),
    ...extra,
    ...windowsEnv(scratch),
    HOME: scratch.home,
    XDG_CONFIG_HOME: `${scratch.home}/.config`,
    XDG_CACHE_HOME: `${scratch.home}/.cache`,
    XDG_DATA_HOME: `${scratch.home}/.local/share`,
    XDG_STATE_HOME: `${scratch.home}/.local/state`,
    XDG_RUNTIME_DIR: scratch.tmp,
    TMPDIR: scratch.tmp,
    HTTP_PROXY: DEAD_PROXY,
    HTTPS_PROXY: DEAD_PROXY,
    http_proxy: DEAD_PROXY,
    https_proxy: DEAD_PROXY,
    NO_PROXY: '',
    no_proxy: '',
  };
}
