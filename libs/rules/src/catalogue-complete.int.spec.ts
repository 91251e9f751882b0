import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { CATALOGUE, catalogueEntry, CODES } from './catalogue.js';
import { scanCodes } from './testing/scan-codes.js';
import { shippedSources, testTexts } from './testing/source-files.js';

const workspace = resolve(fileURLToPath(import.meta.url), '../../../..');
const sources = shippedSources(workspace);
const { uses, unreadable } = scanCodes(sources);

describe('the catalogue against the sources', () => {
  it('has every code that they can throw or report', () => {
    const missing = uses.filter(({ code }) => catalogueEntry(code) === undefined);
    const places = new Map<string, string>();
    for (const { code, at } of missing) places.set(code, [places.get(code), at].filter(Boolean).join(', '));
    // To mend this: an entry in a file of libs/rules/src/entries, which catalogue.ts lists.
    expect([...places].map(([code, at]) => `${code} has no entry: ${at}`)).toEqual([]);
  });

  it('has no code that they do not use', () => {
    const used = new Set(uses.map(({ code }) => code));
    expect(CODES.filter((code) => !used.has(code))).toEqual([]);
  });

  it('has a case that fails for every code of a finding', () => {
    const named = new Set(testTexts(workspace).match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g));
    const findings = CATALOGUE.filter(({ kind }) => kind === 'finding').map(({ code }) => code);
    expect(findings.filter((code) => !named.has(code))).toEqual([]);
  });

  it('says of each code the kind that one of its places has', () => {
    const kinds = new Map(
      CODES.map((code) => [code, uses.filter((use) => use.code === code).flatMap((use) => use.kinds)]),
    );
    const wrong = CATALOGUE.filter(({ code, kind }) => !kinds.get(code)?.includes(kind));
    expect(wrong.map(({ code, kind }) => `${code} is ${kind}, thrown as ${kinds.get(code)?.join(', ')}`)).toEqual([]);
  });

  it('was compared with all of them: each place of a code can be read from the text', () => {
    expect(unreadable).toEqual([]);
    expect(sources.size).toBeGreaterThan(200);
  });
});

describe('what the catalogue tells people to type', () => {
  const table = ['command-table', 'lifecycle-commands', 'setup-commands', 'stream-commands']
    .map((name) => sources.get(`apps/cli/src/${name}.ts`) ?? '')
    .join('\n');
  const commands = new Set([...table.matchAll(/^ {4}name: '([a-z]+)'/gm)].map(([, name = '']) => name));
  const options = new Set(
    [...`${table}${sources.get('apps/cli/src/program.ts') ?? ''}`.matchAll(/--[a-z][a-z-]*/g)].map(
      ([option]) => option,
    ),
  );
  const lines = CATALOGUE.flatMap(({ code, mend }) =>
    [...mend.matchAll(/`cliparity ([^`]+)`/g)].map(([, line = '']) => ({ code, line })),
  );

  it('is a command that there is', () => {
    expect(commands.size).toBeGreaterThan(10);
    expect(lines.length).toBeGreaterThan(50);
    expect(lines.filter(({ line }) => !commands.has(line.split(' ')[0] ?? ''))).toEqual([]);
  });

  it('has options that there are', () => {
    const unknown = ({ line }: { readonly line: string }) =>
      [...line.matchAll(/--[a-z][a-z-]*/g)].some(([option]) => !options.has(option));
    expect(lines.filter(unknown)).toEqual([]);
  });
});
