import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { CATALOGUE } from '../catalogue.js';
import { contentEntries, contentWarnings } from '../entries/content.js';
import { memoryView, type FileMap } from '../engine/memory-view.js';
import { changed } from '../engine/testing/change.js';
import { scanCodes } from '../testing/scan-codes.js';
import { generatedCopies } from './generated-copies.js';
import type { RootFacts } from './root-facts.js';
import { BROKEN, parsed, root, SNAPSHOT, SUPPLEMENT, WITH } from './testing/broken-root.fixture.js';
import { codexFacts, PREFIX } from './testing/codex-root.fixture.js';
import { mutated, mutations } from './testing/mutations.js';
import { validateRoot } from './validate-root.js';

/** As the sources check it: a locator is of the version that it pins. */
const checkLocator: RootFacts['checkLocator'] = ({ locator, semantic_version: version }) =>
  locator.includes(version) ? [] : [`${locator} is not of ${version}`];

async function found(files: FileMap, change: Partial<RootFacts> = {}): Promise<readonly string[]> {
  const { findings } = await validateRoot({ ...codexFacts(memoryView(files)), checkLocator, ...change });
  return findings.map(({ code, location }) => `${code} ${location?.file?.slice(PREFIX.length) ?? ''}`);
}
const HERE = fileURLToPath(new URL('./', import.meta.url));
/** Due rules have tests of their own: they ask for a day. */
const DUE = ['WAIVER_EXPIRED', 'LOCK_DUE'];
const covered = new Set([...BROKEN.map(([code]) => code), ...DUE]);

describe('the real codex root', () => {
  it('is clean as it is committed', async () => {
    expect((await validateRoot(codexFacts())).findings).toEqual([]);
  });
  it('is clean with one version validated and promoted', async () => expect(await found(root)).toEqual([]));
  it('may carry the copies that are generated', async () => {
    const { manifest, systems } = codexFacts();
    const copies = generatedCopies(manifest, systems, CATALOGUE).map(({ path, text }) => [path, text] as const);
    expect(await found(new Map([...root, ...copies]))).toEqual([]);
  });

  it('has a case for every code that the catalogue lists for contents', () => {
    const codes = [...contentEntries, ...contentWarnings].map(({ code }) => code);
    expect(codes.filter((code) => !covered.has(code))).toEqual([]);
  });
  it('has a case for every code that the rules over contents can give', () => {
    const sources = readdirSync(HERE).filter((name) => /^[a-z-]+\.ts$/.test(name) && !name.startsWith('older-'));
    const { uses, unreadable } = scanCodes(
      new Map(sources.map((name) => [name, readFileSync(`${HERE}${name}`, 'utf8')])),
    );
    expect(unreadable).toEqual([]);
    expect(uses.length).toBeGreaterThan(30);
    expect([...new Set(uses.map(({ code }) => code))].filter((code) => !covered.has(code))).toEqual([]);
  });
  it.each(BROKEN)('broken once gives %s in %s', async (code, where, change, manifest = {}) => {
    const facts = codexFacts();
    const got = await found(changed(root, change), { manifest: { ...facts.manifest, ...manifest } });
    expect(got).toContain(`${code} ${where}`);
    const others = got.filter(
      (one) => one !== `${code} ${where}` && !(WITH[code] ?? []).some((known) => known.test(one)),
    );
    expect(others).toEqual([]);
  });
});

/** The supplement is written by hand, in any form; one that adds nothing is as good as none. */
function isHarmless(files: FileMap, path: string): boolean {
  const content = files.get(path);
  if (path !== SUPPLEMENT) return false;
  if (content === undefined) return ![...files.keys()].some((other) => other.startsWith(`${path}/`));
  try {
    return JSON.stringify(JSON.parse(content as string)) === JSON.stringify(parsed(path));
  } catch {
    return false;
  }
}

describe('bytes that are no UTF-8', () => {
  it('are found where they are', async () => {
    const bytes = Buffer.concat([Buffer.from([0xe9]), Buffer.from(root.get(SNAPSHOT) as string)]);
    expect(await found(new Map([...root, [SNAPSHOT, bytes]]))).toEqual([`FILE_NOT_UTF8 ${SNAPSHOT}`]);
  });
});

describe('random mutations', () => {
  const names = [...root.keys()].filter((path) => path !== 'cliparity.json');
  it('never crash and never pass as clean', async () => {
    await fc.assert(
      fc.asyncProperty(mutations(names), async (mutation) => {
        const files = mutated(root, mutation);
        fc.pre(files !== undefined && !isHarmless(files, mutation.path));
        expect(await found(files as FileMap)).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
