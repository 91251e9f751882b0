import { describe, expect, it } from '@jest/globals';
import type { UsageError } from '@cliparity/model';
import type { InitRequest } from './init-answers.js';
import { mustAgree, mustBeUsable } from './init-checks.js';

function refusal(check: () => void): Partial<UsageError> | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return error as UsageError;
  }
}

describe('mustAgree', () => {
  it.each<[InitRequest, string]>([
    [{ package: 'p', repository: 'o/r' }, '--package, --repository'],
    [{ package: 'p', path: 'up' }, '--package, --path'],
    [{ path: 'up', network: true }, '--network, --path'],
    [{ source: 'local', package: 'p' }, '--source local, --package'],
    [{ package: 'p', asset: 'a' }, '--package, --asset'],
    [{ activate: true }, '--activate'],
  ])('refuses %j and names the options', (request, where) => {
    expect(refusal(() => mustAgree(request))).toMatchObject({ code: 'INIT_OPTIONS_CONTRADICT', where });
  });

  it.each<InitRequest>([
    {},
    { package: 'p', network: true },
    { source: 'npm', package: 'p', network: false, activate: false },
    { repository: 'o/r', asset: 'a' },
    { path: 'up', ci: 'github', activate: true },
  ])('takes %j', (request) => {
    expect(refusal(() => mustAgree(request))).toBeUndefined();
  });
});

describe('mustBeUsable', () => {
  it.each<[InitRequest, string]>([
    [{ package: 'two words' }, '--package'],
    [{ package: '' }, '--package'],
    [{ repository: 'only-a-name' }, '--repository'],
    [{ path: ' ' }, '--path'],
    [{ binary: '../../evil' }, '--binary'],
    [{ wrapper: '' }, '--wrapper'],
  ])('refuses %j and names the option', (request, where) => {
    expect(refusal(() => mustBeUsable(request))).toMatchObject({ code: 'INIT_ANSWER_INVALID', where });
  });

  it('takes what is usual', () => {
    const said = { package: '@a/tool', repository: 'o/r.js', path: '../up', binary: 'tool.sh', wrapper: '@me/sdk' };
    expect(refusal(() => mustBeUsable(said))).toBeUndefined();
  });
});
