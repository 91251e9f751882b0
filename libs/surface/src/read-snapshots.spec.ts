import { describe, expect, it } from '@jest/globals';
import { readSnapshots } from './read-snapshots.js';

const file = (target: string, commands: unknown, more: object = {}): string =>
  `${JSON.stringify({ tool: 'x', binary: { target_triple: target }, commands, ...more }, null, 2)}\n`;
const commands = [
  { path: [], flags: [{ key: '--all', choices: ['a', 'b'] }] },
  { path: ['run'], unexplained: ['  ]', '"commands": ['] },
];

describe('readSnapshots', () => {
  it.each<[string, string[]]>([
    ['files that are alike', [file('a', commands), file('b', commands, { known_omissions: ['x'] })]],
    ['files that differ', [file('a', commands), file('b', commands.slice(1))]],
    ['files in another form', [JSON.stringify({ commands }), file('b', commands)]],
    ['a list with another one in it', [file('a', [[{ a: 1 }], { b: [] }])]],
    ['no commands at all', [file('a', []), '{}', '[]', 'null', '"x"']],
    ['a list that is not at the top', [`{"x": {\n  "commands": [\n    1\n  ]}, "commands": 2}`]],
    ['the key twice', [`{\n  "commands": [\n    1\n  ],\n  "commands": [\n    2\n  ]\n}`]],
    ['a list that ends elsewhere', ['{\n  "commands": [\n[1\n  ], 2]}']],
    ['the text that stands in', [file('a', ['cliparity: the commands'])]],
  ])('gives what JSON.parse gives: %s', (_, texts) => {
    expect(readSnapshots(texts)).toEqual(texts.map((text) => JSON.parse(text) as unknown));
  });
  it('shares commands that are written alike', () => {
    const [a, b] = readSnapshots([file('a', commands), file('b', commands)]);
    expect(a?.commands).toBe(b?.commands);
  });
  it('fails on what is no JSON', () => {
    expect(() => readSnapshots(['{\n  "commands": [\n    {\n  ]\n}'])).toThrow(SyntaxError);
  });
});
