import { describe, expect, it } from '@jest/globals';
import { wantsColor } from './wants-color.js';

describe('wantsColor', () => {
  it.each([
    ['always', {}, undefined, true],
    ['never', { FORCE_COLOR: '1' }, true, false],
    ['auto', {}, undefined, false],
    ['auto', {}, true, true],
    ['auto', { TERM: 'dumb' }, true, false],
    ['auto', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    ['auto', { NO_COLOR: '' }, true, true],
    ['auto', { FORCE_COLOR: 'true' }, undefined, true],
    ['auto', { FORCE_COLOR: '0' }, true, false],
  ])('--color %s with %j on a terminal: %s is %s', (when, env, tty, expected) => {
    expect(wantsColor({ when, env, tty })).toBe(expected);
  });
});
