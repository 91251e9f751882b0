import { describe, expect, it } from '@jest/globals';
import { scanCodes } from './scan-codes.js';

const HELPER = "const archive = (what: string, code: string) => new FindingError(code, what);\narchive('x', 'A_B');";
const SUBCLASS = "class Own extends CouldNotRun { constructor(n: number) { super('A_B', `${n}`); } }\nnew Own(4);";
const CHOSEN =
  "function wrong(o: boolean, code: string) { const K = o ? UsageError : FindingError; return new K(code, ''); }\nwrong(true, 'A_B');";
const TUPLE =
  "type Problem = readonly [code: string, text: string];\nfunction look(): Problem | undefined { if (x) return undefined; return ['A_B', 'text']; }\nconst [code] = look(); throw new CouldNotRun(code, '');";

/** what it is, the source, the codes with their kinds */
const CASES: readonly (readonly [string, string, readonly string[]])[] = [
  ['each class', "new UsageError('A_B', '');\nnew CouldNotRun('C_D', '');", ['A_B usage', 'C_D could-not-run']],
  ['a single word', "new CliparityError('INTERNAL', '')", ['INTERNAL internal']],
  ['a choice', "new FindingError(x ? 'A_B' : (y ? 'C_D' : 'E_F'), '')", ['A_B finding', 'C_D finding', 'E_F finding']],
  ['a constant', "const CODE = 'A_B';\nnew FindingError(CODE, '')", ['A_B finding']],
  ['a finding', "finding({ code: 'A_B', message: 'C_D' })", ['A_B finding']],
  ['a chosen finding', "finding({ code: old ? 'A_B' : 'C_D', message: '' })", ['A_B finding', 'C_D finding']],
  ['a draft', "const draft = { code: 'A_B' }", ['A_B finding']],
  ['a helper', HELPER, ['A_B finding']],
  ['a subclass', SUBCLASS, ['A_B could-not-run']],
  ['a class chosen at run time', CHOSEN, ['A_B usage|finding']],
  ['a tuple with a code', TUPLE, ['A_B could-not-run']],
  ['a code handed on', 'finding({ code: error.code, message: error.message })', []],
  [
    'a code per kind of plugin',
    "new UsageError(`${kind.toUpperCase()}_UNKNOWN`, '')",
    ['TARGET', 'SOURCE', 'DIALECT', 'SCENARIO', 'GATE', 'REPORTER'].map((kind) => `${kind}_UNKNOWN usage`),
  ],
  ['signals, system errors and variables', "kill('SIG_TERM'); if (e.code === 'E_ACCES') env('CLIPARITY_STORE');", []],
  ['a set of codes', "const NETWORK = new Set(['A_B']); const isIt = (code: string) => NETWORK.has(code);", []],
  ['a closed list of codes', "export const MY_CODES = ['A_B', 'C_D'] as const;", ['A_B finding', 'C_D finding']],
  ['another constructor', "new Error('A_B'); new Map([['A_B', 1]])", []],
];

describe('scanCodes', () => {
  it.each(CASES)('reads %s', (_, text, expected) => {
    const { uses, unreadable } = scanCodes(new Map([['a.ts', text]]));
    expect(uses.map(({ code, kinds }) => `${code} ${kinds.join('|')}`)).toEqual(expected);
    expect(unreadable).toEqual([]);
  });

  it.each(["new UsageError(make(), '')", "new UsageError('not a code', '')", 'finding({ code: `A_${b}` })'])(
    'says that it cannot read %s',
    (text) =>
      expect(scanCodes(new Map([['a.ts', `\n${text}`]])).unreadable).toEqual([expect.stringMatching(/^a\.ts:2: /)]),
  );

  it('sees helpers and classes of other files, and says where', () => {
    const files = new Map([
      ['a.ts', 'export function refuse(code: string) { return new UsageError(code, ""); }'],
      ['b.ts', "import { refuse } from './a.js';\n\nrefuse('A_B');"],
      ['c.ts', "const refuse = (field: string) => field;\nrefuse('note');"],
    ]);
    expect(scanCodes(files).uses).toEqual([{ code: 'A_B', kinds: ['usage'], at: 'b.ts:3' }]);
  });
});
