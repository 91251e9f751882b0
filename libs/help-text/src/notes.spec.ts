import { describe, expect, it } from '@jest/globals';
import { takeChoiceList } from './choice-list.js';
import type { Facts } from './facts.js';
import { toLines } from './lines.js';
import { effects, mark, note } from './note-rules.js';
import { takeNotes } from './notes.js';
import { unwrap } from './paragraphs.js';
import type { Style } from './style.js';

const style: Style = {
  headings: [],
  notes: [
    note('[', 'default: ', effects.default),
    note('(', 'default: ', effects.default),
    note('(', 'choices: ', effects.choices),
    note('[', 'env: ', effects.env),
    note('[', 'possible values: ', effects.choices),
    note('[', 'aliases: ', effects.aliases),
    mark('[', 'count', effects.count),
  ],
  noteSeparator: /; |, (?=(?:choices|default|env): )/,
  looseDefault: /\(default: ([^()]+)\)/,
  freeRows: true,
  proseBeforeUsage: false,
  loose: true,
};
const read = (text: string): [string, Facts] => {
  const facts: Facts = {};
  return [takeNotes(text, facts, style), facts];
};

describe('takeNotes', () => {
  it('takes several off the end, in any order', () => {
    const facts = { default: 'b', env: 'X', choices: ['a', 'b c'] };
    expect(read('Do it [env: X=1] [default: b] [possible values: a, "b c"]')).toEqual(['Do it', facts]);
  });

  it('reads several in one bracket', () => {
    expect(read('Do (choices: "a", "b", default: "a")')).toEqual(['Do', { choices: ['a', 'b'], default: 'a' }]);
  });

  it('reads literals with brackets of their own', () => {
    expect(read('Do [default: [a] b]')).toEqual(['Do', { default: '[a] b' }]);
    expect(read('Do [default: a]b]')).toEqual(['Do', { default: 'a]b' }]);
    expect(read('Do [default: (x]')).toEqual(['Do', { default: '(x' }]);
  });

  it('leaves other brackets where they are', () => {
    expect(read('Do it (really) [maybe]')).toEqual(['Do it (really) [maybe]', {}]);
  });

  it('takes a default out of prose and leaves the prose', () => {
    expect(read('Do (default: 5) more')).toEqual(['Do (default: 5) more', { default: '5' }]);
  });

  it('wants a whole mark', () => {
    expect(read('more [count]')[1]).toEqual({ takesValue: false, repeatable: true });
    expect(read('more [counted]')).toEqual(['more [counted]', {}]);
  });

  it('stays quick on a text of openers', () => {
    expect(read(`${'(default: ['.repeat(50_000)}]`)[0].length).toBeGreaterThan(0);
  });
});

describe('takeChoiceList', () => {
  it('reads names, help and wrapped help, and leaves the rest', () => {
    const facts: Facts = {};
    const lines = toLines(
      'text\n\nPossible values:\n- a:  first\n  - not a value\n- __proto__: odd\n- c\n\n[default: a]',
    );
    expect(unwrap(takeChoiceList(lines, facts))).toBe('text\n\n[default: a]');
    expect(facts.choices).toEqual(['a', '__proto__', 'c']);
    expect([...(facts.choiceAbout ?? [])]).toEqual([
      ['a', 'first - not a value'],
      ['__proto__', 'odd'],
    ]);
  });
});

describe('unwrap', () => {
  it('joins lines with a blank and paragraphs with an empty line', () => {
    expect(unwrap(toLines('a\n  b\n\n\nc'))).toBe('a b\n\nc');
  });

  it('joins broken words only where asked', () => {
    expect(unwrap(toLines('well-\nknown -\nx'), true)).toBe('well-known - x');
    expect(unwrap(toLines('well-\nknown'))).toBe('well- known');
  });
});
