import { describe, expect, it } from '@jest/globals';
import type { Union, UnionCommand } from '@cliparity/model';
import { unitChanges } from './update-changes.js';

const on = { available_on: ['any'] };
const union = (...commands: readonly Partial<UnionCommand>[]): Union =>
  ({ commands: commands.map((command) => ({ path: [], ...on, ...command })) }) as unknown as Union;
const flag = (key: string, more: object = {}) => ({ key, long: key, takes_value: false, ...on, ...more });

describe('unitChanges', () => {
  it('names what is new, gone and changed, and in which fields', () => {
    const before = union({ flags: [flag('--a'), flag('--b')] }, { path: ['old'] });
    const after = union(
      {
        flags: [flag('--b', { takes_value: true, default: '3' })],
        args: [{ name: 'X', required: true, variadic: false, ...on }],
      },
      { path: ['new'], flags: [flag('--c')] },
    );
    expect(unitChanges(before, after)).toEqual({
      added: ['arg:/X', 'command:new', 'flag:new/--c'],
      gone: ['command:old', 'flag:/--a'],
      changed: [{ unit: 'flag:/--b', fields: ['default', 'takes_value'] }],
    });
  });
  it('says nothing about what follows from the pages or the machines alone', () => {
    const before = union({ help_sha256: 'a', unexplained: ['x'], flags: [flag('--a')] });
    const after = union({ help_sha256: 'b', flags: [flag('--a', { available_on: ['any', 'linux-x64'] })] });
    expect(unitChanges(before, after)).toEqual({ added: [], gone: [], changed: [] });
  });
  it('sees a field that goes', () => {
    expect(unitChanges(union({ about: 'x' }), union({})).changed).toEqual([{ unit: 'command:', fields: ['about'] }]);
  });
});
