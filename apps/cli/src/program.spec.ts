import { describe, expect, it } from '@jest/globals';
import { COMMANDS } from './command-table.js';
import { makeProgram } from './program.js';

async function typed(...words: string[]) {
  const calls: { name: string; args: readonly string[]; options: Record<string, unknown> }[] = [];
  const program = makeProgram(async (spec, args, options) => void calls.push({ name: spec.name, args, options }));
  await program.parseAsync(['node', 'cliparity', ...words]);
  return calls[0];
}

describe('makeProgram', () => {
  it('takes the global options before and after the command', async () => {
    const before = await typed('-C', 'dir', '--json', 'union', 'codex', 'newest');
    const after = await typed('union', 'codex', 'newest', '-C', 'dir', '--json');
    expect(before).toEqual(after);
    expect(after).toMatchObject({
      name: 'union',
      args: ['codex', 'newest'],
      options: { workspace: 'dir', json: true },
    });
  });
  it('collects repeated options in order', async () => {
    const call = await typed(
      '--set',
      'a=1',
      'acquire',
      'codex',
      '1.0.0',
      '--target',
      'x',
      '--set',
      'b=2',
      '--target',
      'y',
    );
    expect(call?.options).toMatchObject({ target: ['x', 'y'] });
    expect(call?.options['set']).toEqual(['a=1', 'b=2']);
  });
  it('gives every command a summary and an example that begins with its own words', () => {
    const loose = COMMANDS.filter(({ name, summary, examples }) => {
      const shown = examples.some((example) => example.includes(`cliparity ${name}`));
      return summary.length < 10 || !shown;
    });
    expect(loose.map(({ name }) => name)).toEqual([]);
  });
  it('loads the code of every command', async () => {
    for (const { load } of COMMANDS) expect(await load()).toBeInstanceOf(Function);
  });
});
