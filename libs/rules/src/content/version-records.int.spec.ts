import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { digestOf } from '@cliparity/model';
import { memoryView, type FileMap } from '../engine/memory-view.js';
import { bytesOf, type RootView } from '../engine/root-view.js';
import type { RootFacts } from './root-facts.js';
import { codexFacts } from './testing/codex-root.fixture.js';
import { mutated, mutations } from './testing/mutations.js';
import { promotedRoot, TARGET, VERSION } from './testing/promoted-root.fixture.js';
import { validateRoot } from './validate-root.js';

const root = promotedRoot();

/** Records over files in memory: the stamp is the content itself. */
function recordsOf(view: RootView, known: ReadonlyMap<string, string> = new Map()) {
  const noted = new Map<string, string>();
  const stampOf = (path: string): string | undefined => {
    const bytes = bytesOf(view, path);
    return bytes === undefined ? undefined : digestOf(Buffer.from(bytes).toString('base64'));
  };
  return { known, noted, stampOf, note: (version: string, digest: string) => void noted.set(version, digest) };
}

interface Judged {
  readonly findings: readonly unknown[];
  readonly noted: ReadonlyMap<string, string>;
  /** Files of the version that were read to be judged. */
  readonly read: readonly string[];
}
async function judged(
  files: FileMap,
  known?: ReadonlyMap<string, string>,
  change: (facts: RootFacts) => Partial<RootFacts> = () => ({}),
): Promise<Judged> {
  const view = memoryView(files);
  const read: string[] = [];
  const watched: RootView = {
    list: (folder) => view.list(folder),
    read: (path) => {
      if (path.startsWith('reports/')) read.push(path);
      return view.read(path);
    },
  };
  const records = recordsOf(view, known);
  const facts = codexFacts(watched);
  const { findings } = await validateRoot({ ...facts, records, ...change(facts) });
  return { findings, noted: records.noted, read };
}

describe('records of clean versions', () => {
  it('spare the version that they know, and note it again', async () => {
    const first = await judged(root);
    expect([first.findings, [...first.noted.keys()]]).toEqual([[], [VERSION]]);
    expect(first.read).not.toEqual([]);
    const second = await judged(root, first.noted);
    expect(second).toEqual({ findings: [], noted: first.noted, read: [] });
  });

  it.each<[string, (facts: RootFacts) => Partial<RootFacts>]>([
    [
      'the manifest',
      ({ manifest }) => ({ manifest: { ...manifest, exclusions: [{ unit: 'command', path: ['x'], note: 'n' }] } }),
    ],
    ['the systems', ({ systems }) => ({ systems: { ...systems, [TARGET]: 'any' } })],
    ['the place', () => ({ prefix: 'elsewhere/codex/' })],
    ['the dialect in use', () => ({ provenanceOf: () => ({ inputs: [] }) })],
  ])('do not hold when %s is another', async (_, change) => {
    const { noted } = await judged(root);
    expect((await judged(root, noted, change)).noted.get(VERSION)).not.toBe(noted.get(VERSION));
    expect((await judged(root, noted, change)).findings).toEqual((await judged(root, undefined, change)).findings);
  });

  it('never hide anything: a root with one file broken has the findings that it has without them', async () => {
    const { noted } = await judged(root);
    const names = [...root.keys()].filter((path) => path !== 'cliparity.json');
    await fc.assert(
      fc.asyncProperty(mutations(names), async (mutation) => {
        const files = mutated(root, mutation);
        fc.pre(files !== undefined && mutation.kind !== 'big');
        const [with_, without] = [await judged(files as FileMap, noted), await judged(files as FileMap)];
        expect(with_.findings).toEqual(without.findings);
      }),
      { numRuns: 120 },
    );
  });

  it('are not taken of a version that has findings', async () => {
    const files = new Map([...root, [`reports/${VERSION}/coverage.any.json`, '{}']]);
    expect((await judged(files)).noted.size).toBe(0);
  });
});
