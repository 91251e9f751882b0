import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import type { Dialect } from '@cliparity/plugin-api';
import clap from './clap/index.js';
import generic from './generic/index.js';
import { argparse } from './testing/render-argparse.js';
import { clapLong, clapShort } from './testing/render-clap.js';
import { cobra } from './testing/render-cobra.js';
import { commander } from './testing/render-commander.js';
import { yargs } from './testing/render-yargs.js';
import type { Renderer } from './testing/render.js';
import { cliSpec } from './testing/spec.js';

const WIDTHS = [60, 80, 100, 120];
const styles: readonly (readonly [Dialect, Renderer])[] = [
  [clap, clapShort],
  [clap, clapLong],
  [generic, clapShort],
  [generic, clapLong],
  [generic, cobra],
  [generic, argparse],
  [generic, commander],
  [generic, yargs],
];
const seeded = { seed: 20_260, numRuns: Number(process.env['PROPERTY_RUNS'] ?? 120) };

describe('parse(render(spec)) is the spec', () => {
  for (const [dialect, renderer] of styles) {
    it(`${dialect.id} reads ${renderer.name} at every width`, () => {
      fc.assert(
        fc.property(cliSpec, (any) => {
          const spec = renderer.narrow(any);
          for (const columns of WIDTHS) {
            const text = renderer.render(spec, columns);
            expect({ columns, ...dialect.parse({ text, binary: 'prog', path: [] }) }).toEqual({
              columns,
              ...renderer.expected(spec),
            });
          }
        }),
        seeded,
      );
    });
  }
});

describe('invariance', () => {
  for (const [dialect, renderer] of styles) {
    it(`${dialect.id} on ${renderer.name}: CRLF, colours and trailing blanks change nothing`, () => {
      fc.assert(
        fc.property(cliSpec, fc.constantFrom(...WIDTHS), (any, columns) => {
          const text = renderer.render(renderer.narrow(any), columns);
          const plain = dialect.parse({ text });
          expect(dialect.parse({ text: text.replaceAll('\n', '\r\n') })).toEqual(plain);
          expect(dialect.parse({ text: text.replaceAll('\n', '   \n') })).toEqual(plain);
          expect(dialect.parse({ text: text.replace(/--[a-z]+/g, '\u001b[1m$&\u001b[0m') })).toEqual(plain);
        }),
        { ...seeded, numRuns: 30 },
      );
    });
  }

  it('detects clap by its pages and nobody else by them', () => {
    fc.assert(
      fc.property(cliSpec, (spec) => {
        for (const renderer of [cobra, argparse, commander, yargs]) {
          expect(clap.detect({ text: renderer.render(renderer.narrow(spec), 80) })).toBe(0);
        }
      }),
      { ...seeded, numRuns: 50 },
    );
  });
});

describe('totality', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '\n',
      '  ',
      '-',
      '--x',
      '[',
      '<',
      '(default: ',
      ']',
      '\u001b[',
      '\u001b]',
      '\b',
      '\0',
      '\r',
      '\t',
      '\ud800',
      'Usage: ',
      'Options:',
      'Commands:',
      '__proto__',
      '{a,b}',
      '...',
    ),
  );
  for (const dialect of [clap, generic]) {
    it(`${dialect.id} gives a surface for any text`, () => {
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 80 }), (pieces) => {
          const text = pieces.join('');
          const surface = dialect.parse({ text });
          expect(dialect.parse({ text })).toEqual(surface);
          expect(dialect.detect({ text })).toBeGreaterThanOrEqual(0);
          for (const { key } of surface.flags) expect(key).toMatch(/^-./);
        }),
        { ...seeded, numRuns: 400 },
      );
    });
  }
});
