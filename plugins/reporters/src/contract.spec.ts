import { describe, expect, it } from '@jest/globals';
import type { Reporter } from '@cliparity/plugin-api';
import { describeReporter } from '@cliparity/testkit';
import { reportersPlugin } from './index.js';

const reporters: Reporter[] = [];
// One after the other: the test runner’s module loader trips over many at once.
for (const { load } of reportersPlugin.contributions) reporters.push((await load()).default as Reporter);

reporters.forEach((reporter) => describeReporter(reporter));

describe('json', () => {
  it('escapes what drives a terminal so that it reads back the same', async () => {
    const json = reporters.find(({ id }) => id === 'json') as Reporter;
    const data = { text: 'a\u009b2J\u007f\u202eb\u001b[m' };
    const text = [
      ...json.render({ kind: 'surface', schema_version: 1, data, view: { headline: '' } }, { color: false }),
    ];
    expect(text.join('')).toContain('a\\u009b2J\\u007f\\u202eb\\u001b[m');
    expect(JSON.parse(text.join(''))).toEqual({ schema_version: 1, kind: 'surface', ...data });
  });
});

describe('the built-in reporters', () => {
  it('are those of their manifests', () => {
    expect(reporters.map(({ id, revision }) => [id, revision])).toEqual(
      reportersPlugin.contributions.map(({ id, revision }) => [id, revision]),
    );
  });
});
