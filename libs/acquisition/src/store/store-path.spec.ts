import { describe, expect, it } from '@jest/globals';
import { defaultStorePath } from './store-path.js';

const at = (platform: NodeJS.Platform, vars: Record<string, string> = {}): string =>
  defaultStorePath({ env: (name) => vars[name], platform, home: '/home/me' }).replaceAll('\\', '/');

describe('defaultStorePath', () => {
  it('is what the user says, else a cache folder', () => {
    expect(at('linux', { CLIPARITY_STORE: '/s', XDG_CACHE_HOME: '/c' })).toBe('/s');
    expect(at('linux', { XDG_CACHE_HOME: '/c' })).toBe('/c/cliparity/store');
    expect(at('linux', { XDG_CACHE_HOME: '' })).toBe('/home/me/.cache/cliparity/store');
    expect(at('darwin')).toBe('/home/me/Library/Caches/cliparity/store');
    expect(at('win32', { LOCALAPPDATA: 'D:/L' })).toBe('D:/L/cliparity/store');
    expect(at('win32')).toBe('/home/me/AppData/Local/cliparity/store');
  });
});
