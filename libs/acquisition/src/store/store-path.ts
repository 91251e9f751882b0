import { homedir } from 'node:os';
import { join } from 'node:path';

/** What decides where the store lies; all but `env` is for tests. */
export interface StorePathInput {
  readonly env: (name: string) => string | undefined;
  readonly platform?: NodeJS.Platform;
  readonly home?: string;
}

/** The user's store: CLIPARITY_STORE, else `cliparity/store` in the platform's cache folder (XDG_CACHE_HOME, ~/Library/Caches, %LOCALAPPDATA%). */
export function defaultStorePath(input: StorePathInput): string {
  const { env, platform = process.platform, home = homedir() } = input;
  const set = (name: string): string | undefined => env(name) || undefined;
  const own = set('CLIPARITY_STORE');
  if (own !== undefined) return own;
  const xdg = set('XDG_CACHE_HOME');
  if (xdg !== undefined) return join(xdg, 'cliparity', 'store');
  if (platform === 'win32') return join(set('LOCALAPPDATA') ?? join(home, 'AppData', 'Local'), 'cliparity', 'store');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'cliparity', 'store');
  return join(home, '.cache', 'cliparity', 'store');
}
