import { describe, expect, it } from '@jest/globals';
import { CouldNotRun, UsageError } from '@cliparity/model';
import { renderError } from './render-error.js';

const plain = { verbose: false, color: false };

describe('renderError', () => {
  it('says what failed, where, why and what to do next', () => {
    const cause = new Error('ENOENT: no such file');
    const error = new CouldNotRun('X_FAILED', 'x failed', { where: 'a/b.json', remedy: 'Do y.', cause });
    expect(renderError(error, plain)).toBe(
      'error X_FAILED: x failed\n  where: a/b.json\n  why: ENOENT: no such file\n  next: Do y.\n',
    );
  });
  it('does not repeat what the message says already', () => {
    const error = new UsageError('X', 'a/b.json is wrong', { where: 'a/b.json' });
    expect(renderError(error, plain)).toBe('error X: a/b.json is wrong\n');
  });
  it('shows the stack only when asked, and never passes escapes on', () => {
    const error = new UsageError('X', 'evil \u001b[31mred');
    expect(renderError(error, plain)).toBe('error X: evil red\n');
    expect(renderError(error, { ...plain, verbose: true })).toContain('render-error.spec');
  });
});
