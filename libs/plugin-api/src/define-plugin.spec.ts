import { describe, expect, it } from '@jest/globals';
import { API_VERSION, definePlugin, defineToken, TOKENS } from './index.js';

describe('defineToken', () => {
  it('gives the same key for the same name, in whichever copy of this package it is called', () => {
    expect(defineToken<string>('greeting').key).toBe(defineToken<string>('greeting').key);
    expect(defineToken<string>('greeting').key).not.toBe(defineToken<string>('farewell').key);
  });
  it('names every token of ours differently', () => {
    const names = Object.values(TOKENS).map((token) => token.name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('definePlugin', () => {
  it('returns what it was given and loads nothing', () => {
    const load = (): never => {
      throw new Error('loaded');
    };
    const plugin = {
      name: 'p',
      apiVersion: API_VERSION,
      contributions: [{ kind: 'gate', id: 'g', revision: 1, load }],
    } as const;
    expect(definePlugin(plugin)).toBe(plugin);
  });
});
