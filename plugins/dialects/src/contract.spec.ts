import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import type { Dialect } from '@cliparity/plugin-api';
import { describeDialect, type NamedPage } from '@cliparity/testkit';
import { dialectsPlugin } from './index.js';

const cases = fileURLToPath(new URL('../cases', import.meta.url));
/** One page of every style; the others are read whole in cases.spec.ts. */
const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  clap: ['long-help', 'short-help', 'help-headings', 'version-2'],
  generic: [
    'argparse',
    'click',
    'cobra-root',
    'commander',
    'docopt',
    'gnu-coreutils',
    'oclif',
    'yargs-root',
    'citty',
    'dart-args',
  ],
};

const dialects: Dialect[] = [];
// One after the other: jest cannot link two modules that share a third one at the same time.
for (const { load } of dialectsPlugin.contributions) dialects.push((await load()).default as Dialect);

const pagesOf = ({ id }: Dialect): NamedPage[] =>
  (SAMPLES[id] ?? []).map((name) => ({
    name,
    page: { text: readFileSync(join(cases, id, name, 'page.txt'), 'utf8') },
  }));

dialects.forEach((dialect) => describeDialect(dialect, pagesOf(dialect)));

describe('the built-in dialects', () => {
  it('are those of their manifest', () => {
    expect(dialects.map(({ id, revision }) => [id, revision])).toEqual(
      dialectsPlugin.contributions.map(({ id, revision }) => [id, revision]),
    );
  });
});
