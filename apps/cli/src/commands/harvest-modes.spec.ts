import { describe, expect, it } from '@jest/globals';
import { harvestMode } from './harvest-modes.js';

describe('harvestMode', () => {
  it.each([
    [{}, 'record'],
    [{ check: true, scenario: ['a'], out: 'x', json: true }, 'record'],
    [{ record: 'all', runs: '3' }, 'record'],
    [{ diff: '1.0.0', exitCode: true }, 'diff'],
    [{ pythonSdk: true, codexPath: 'x', output: 'y', scenario: ['a'], check: true }, 'pythonSdk'],
    [{ checklist: 'x', tests: 'y', check: true }, 'checklist'],
  ])('%j is %s', (options, mode) => {
    expect(harvestMode(options)).toBe(mode);
  });

  it.each([
    [{ codexPath: 'x' }, '--codex-path is for --python-sdk'],
    [{ tests: 'x' }, '--tests is for --checklist'],
    [{ exitCode: true }, '--exit-code is for --diff'],
    [{ check: true, record: 'new' }, '--check writes nothing'],
    [{ diff: '1.0.0', check: true }, '--check says nothing beside --diff'],
    [{ pythonSdk: 'x', runs: '3' }, '--runs says nothing beside --python-sdk'],
    [{ checklist: 'x', pythonSdk: 'y' }, '--checklist says nothing beside --python-sdk'],
  ])('%j is refused', (options, message) => {
    expect(() => harvestMode(options)).toThrow(
      expect.objectContaining({ code: 'HARVEST_OPTIONS_CLASH', message: expect.stringContaining(message) }),
    );
  });
});
