import { describe, expect, it } from '@jest/globals';
import { unitId } from '@cliparity/model';
import fc from 'fast-check';
import { OBSERVED_UNION } from './observed.fixture.js';
import { readArgv } from './read-argv.js';

const read = (line: string) => readArgv(line === '' ? [] : line.split(' '), OBSERVED_UNION);
const units = (line: string) => read(line).units.map(unitId);

describe('readArgv', () => {
  it.each<[string, string[]]>([
    ['', ['command:']],
    ['--resume', ['flag:/--resume', 'command:']],
    ['exec -c a=b', ['command:exec', 'flag:exec/--config']],
    ['exec --json text', ['command:exec', 'flag:exec/--json', 'arg:exec/PROMPT']],
    ['e --json', ['command:exec', 'flag:exec/--json']],
    ['exec --out=f text', ['command:exec', 'flag:exec/--out', 'arg:exec/PROMPT']],
    ['exec --output f', ['command:exec', 'flag:exec/--out']],
    ['exec -of text', ['command:exec', 'flag:exec/--out', 'arg:exec/PROMPT']],
    ['exec -qv -', ['command:exec', 'flag:exec/-q', 'flag:exec/-v', 'arg:exec/PROMPT']],
    ['exec -vof', ['command:exec', 'flag:exec/-v', 'flag:exec/--out']],
    ['exec --no-color', ['command:exec', 'flag:exec/--color']],
    ['exec -i a b --json', ['command:exec', 'flag:exec/--image', 'flag:exec/--json']],
    ['exec -i a b resume', ['command:exec', 'flag:exec/--image', 'command:exec resume']],
    ['exec --out --json', ['command:exec', 'flag:exec/--out']],
    ['exec -- --json', ['command:exec', 'arg:exec/PROMPT']],
    ['--resume exec', ['flag:/--resume', 'command:exec']],
    ['--resume id exec', ['flag:/--resume', 'command:exec']],
    ['exec resume ID', ['command:exec', 'command:exec resume', 'arg:exec resume/SESSION_ID']],
    [
      'exec resume ID text more',
      ['command:exec', 'command:exec resume', 'arg:exec resume/SESSION_ID', 'arg:exec resume/PROMPT'],
    ],
    ['exec resume --json', ['command:exec', 'command:exec resume', 'flag:exec/--json']],
    ['mcp add n -- run --it now', ['command:mcp', 'command:mcp add', 'arg:mcp add/NAME', 'arg:mcp add/COMMAND']],
    ['mcp add n --url u', ['command:mcp', 'command:mcp add', 'arg:mcp add/NAME', 'flag:mcp add/--url']],
  ])('reads %j', (line, found) => expect(units(line)).toEqual(found));

  it('names what the surface does not have, without its value', () => {
    const { unknown, units: found } = read('exec --experimental=secret -qZ text');
    expect(unknown).toEqual([
      { path: ['exec'], word: '--experimental' },
      { path: ['exec'], word: '-qZ' },
    ]);
    expect(found.map(unitId)).toContain('arg:exec/PROMPT');
  });
  it('takes a negative number for a value, not for a flag', () => {
    expect(units('exec -5')).toEqual(['command:exec', 'arg:exec/PROMPT']);
  });
  it('reads whatever words there are, and finds only units of the surface', () => {
    const known = new Set(
      OBSERVED_UNION.commands.flatMap(({ path, flags = [], args = [] }) => [
        unitId({ unit: 'command', path }),
        ...flags.map(({ key }) => unitId({ unit: 'flag', path, key })),
        ...args.map(({ name }) => unitId({ unit: 'arg', path, name })),
      ]),
    );
    const word = fc.oneof(
      fc.constantFrom('exec', 'resume', 'mcp', 'add', '--', '-', '-i', '--out', '-qv', '--json=', '-of', '--no-color'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(word), (argv) =>
        readArgv(argv, OBSERVED_UNION).units.every((ref) => known.has(unitId(ref))),
      ),
    );
  });
});
