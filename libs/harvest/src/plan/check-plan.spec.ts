import { describe, expect, it } from '@jest/globals';
import type { PlanStep } from '@cliparity/plugin-api';
import { plan, step } from '../testing/fake-upstream.js';
import { checkPlan, scenarioName, streamNames } from './check-plan.js';
import { fill, fillDeep, valueAt } from './fill.js';

const code = (expected: string) => expect.objectContaining({ code: expected });

describe('checkPlan', () => {
  it.each(['../x', 'cwd/../../x', 'etc/passwd', '/etc/passwd', 'cwd/', 'home/a\\b', 'cwd/./x', 'cwd'])(
    'refuses the file %s',
    (path) => {
      expect(() => checkPlan('s', plan([step('x')], { files: { [path]: '' } }))).toThrow(code('SCENARIO_FILE_OUTSIDE'));
    },
  );

  it.each(['https://api.openai.com/v1', 'http://10.0.0.1/', 'see ws://evil.org:80/x', 'http://user@host.org/'])(
    'refuses the host in %s',
    (text) => {
      expect(() => checkPlan('s', plan([step('x')], { files: { 'home/c.toml': text } }))).toThrow(
        code('SCENARIO_NOT_LOOPBACK'),
      );
      expect(() => checkPlan('s', plan([step('x', text)]))).toThrow(code('SCENARIO_NOT_LOOPBACK'));
      expect(() => checkPlan('s', plan([step('x')], { env: { URL: text } }))).toThrow(code('SCENARIO_NOT_LOOPBACK'));
      const typed = { ...step('x'), stdin: text } as PlanStep;
      expect(() => checkPlan('s', plan([typed]))).toThrow(code('SCENARIO_NOT_LOOPBACK'));
      const asked: PlanStep = { kind: 'rpc', argv: [], moves: [{ call: 'open', params: { text } }] };
      expect(() => checkPlan('s', plan([asked]))).toThrow(code('SCENARIO_NOT_LOOPBACK'));
    },
  );

  it.each(['{{model}}/x', 'http://127.0.0.1:1/', 'http://{{host}}/', 'https://docs.example/', 'no host'])(
    'takes %s',
    (text) => {
      const made = plan([step('x', text)]);
      expect(checkPlan('s', made)).toBe(made);
    },
  );

  it('refuses plans without steps, with equal names and with bad ones', () => {
    for (const steps of [[], [step('a'), step('b')], [{ ...step('a'), name: 'A b' }]]) {
      expect(() => checkPlan('s', plan(steps))).toThrow(code('SCENARIO_STEPS_INVALID'));
    }
  });

  it.each([
    [{ exits: [0, 1] }, true],
    [{ exits: [0] }, false],
    [{ exits: [1, 1] }, false],
    [{ exits: [0, 1], exit: 0 }, false],
  ])('exit codes that are all right are said for a race only: %j', (more, fits) => {
    const check = () => checkPlan('s', plan([{ ...step('x'), ...more } as PlanStep]));
    if (fits) expect(check).not.toThrow();
    else expect(check).toThrow(code('SCENARIO_STEPS_INVALID'));
  });

  it('names scenarios and streams', () => {
    expect(scenarioName({ id: 'codex-thread_basic', cli: 'codex' })).toBe('thread_basic');
    expect(streamNames('x', plan([step('a')]))).toEqual(['x']);
    expect(
      streamNames(
        'x',
        plan([
          { ...step('a'), name: 'step1' },
          { ...step('b'), name: 'step2' },
        ]),
      ),
    ).toEqual(['x_step1', 'x_step2']);
  });
});

describe('fill', () => {
  it('fills strings wherever they stand', () => {
    expect(fillDeep({ a: ['{{x}}/y', 1, null], b: { c: '{{x}}{{x}}' } }, { x: '1' })).toEqual({
      a: ['1/y', 1, null],
      b: { c: '11' },
    });
  });
  it('refuses names it does not know', () => {
    expect(() => fill('{{toString}}', { x: '1' })).toThrow(code('SCENARIO_PLACEHOLDER_UNKNOWN'));
  });
  it('reads values at paths', () => {
    expect(valueAt({ a: { b: [{ c: 1 }] } }, 'a.b.0.c')).toBe(1);
    expect(valueAt({ a: null }, 'a.b')).toBeUndefined();
    expect(valueAt('text', 'length')).toBeUndefined();
  });
});
