import assert from 'node:assert/strict';
import { RESULT_KINDS, type Result } from '@cliparity/model';
import type { RenderOptions, Reporter } from '@cliparity/plugin-api';
import { deepFreeze, partChecks } from './assertions.js';
import { sampleResults } from './sample-results.js';
import { registerContract, type Check, type TestApi } from './test-api.js';

const OPTIONS: readonly RenderOptions[] = [
  { color: false },
  { color: false, width: 40 },
  { color: false, width: 1 },
  { color: true, width: 80 },
];
/** Escape and C1 controls drive terminals; only a colouring reporter may write the first. */
const DRIVES_TERMINAL = /(?![\n\t])\p{Cc}/u;
const COLOUR = new RegExp(`${String.fromCharCode(0x1b)}\\[[0-9;]*m`, 'g');

function rendered(reporter: Reporter, result: Result, options: RenderOptions): string {
  const chunks = [...reporter.render(deepFreeze(result), deepFreeze(options))];
  for (const chunk of chunks) assert.equal(typeof chunk, 'string');
  return chunks.join('');
}

function resultChecks(reporter: Reporter, result: Result, name: string): readonly Check[] {
  return [
    {
      name: `renders ${name} to whole lines, the same each time`,
      run: () => {
        for (const options of OPTIONS) {
          const text = rendered(reporter, result, options);
          assert.ok(text.endsWith('\n'), 'the last line has no end');
          assert.equal(rendered(reporter, result, options), text);
        }
      },
    },
    {
      name: `lets nothing of ${name} drive the terminal`,
      run: () => {
        for (const options of OPTIONS) {
          const text = rendered(reporter, result, options);
          assert.doesNotMatch(options.color ? text.replace(COLOUR, '') : text, DRIVES_TERMINAL);
        }
      },
    },
  ];
}

/**
 * What every reporter must do.
 * @param results further results of its own; it is always tried on samples of each kind and state that it accepts
 */
export function reporterContract(reporter: Reporter, results: readonly Result[] = []): readonly Check[] {
  const { accepts } = reporter;
  const fitting = [...sampleResults(), ...results].filter(({ kind }) => accepts === 'all' || accepts.includes(kind));
  return [
    ...partChecks(reporter),
    {
      name: 'accepts known kinds of results, at least one',
      run: () => {
        assert.ok(accepts === 'all' || accepts.length > 0, 'accepts nothing');
        for (const kind of accepts === 'all' ? [] : accepts) assert.ok(RESULT_KINDS.includes(kind), kind);
      },
    },
    ...fitting.flatMap((result, at) => resultChecks(reporter, result, `result ${at + 1} (${result.kind})`)),
  ];
}

/** Registers the contract of a reporter with the test runner. */
export function describeReporter(reporter: Reporter, results?: readonly Result[], api?: TestApi): void {
  registerContract(`reporter ${reporter.id}`, reporterContract(reporter, results), api);
}
