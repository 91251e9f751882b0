import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { CliparityError } from '@cliparity/model';
import { folderView } from '../engine/folder-view.js';
import { memoryView, type FileMap } from '../engine/memory-view.js';
import { entriesOf } from '../engine/root-view.js';
import { minimalRoot } from '../parity/testing/minimal-root.js';
import { validateOlderRoot } from './older-strict.js';
import { mutated, mutations } from './testing/mutations.js';

const beside = fileURLToPath(new URL('../../../../../shared/reference/data', import.meta.url));
const reference = join(process.env['CLIPARITY_REFERENCE'] ?? beside, 'unified-agent-api/codex');
const withData = existsSync(reference) ? it : it.skip;

function filesBelow(folder: string, at = ''): (readonly [string, Buffer])[] {
  return entriesOf(folderView(folder), at).flatMap(({ name, kind }) => {
    const path = at === '' ? name : `${at}/${name}`;
    return kind === 'folder' ? filesBelow(folder, path) : [[path, readFileSync(join(folder, path))] as const];
  });
}

/** What is found, the errors included that stop the reading: `validate` tells them as findings. */
async function found(files: FileMap): Promise<readonly string[]> {
  try {
    const findings = await validateOlderRoot(memoryView(files), '', 'strict');
    return findings.map(({ code, location, message }) => `${code} ${location?.file ?? ''} ${message}`);
  } catch (error) {
    if (error instanceof CliparityError) return [`${error.code} ${error.message}`];
    throw error;
  }
}

/**
 * What passes, and why nothing can be said. Ours has digests and one form for each of these.
 * - reports of two versions are stale as committed, which is said already;
 * - rules, schemas, lock, supplement and wrapper coverage are written by people, in any form, and nothing is derived from most of their words;
 * - a field of a snapshot that no union repeats, and what metadata says of tests and in notes, are stated nowhere else;
 * - lock, supplement and the metadata of a version without pointers may be missing, and nothing says that they were there.
 */
const ANY_FORM = '(?:append|crlf|drop_key|shuffle|flip)';
const UNTOLD = [
  /^\w+ reports\/0\.(?:61|92)\.0\//,
  new RegExp(
    `^${ANY_FORM} (?:RULES|SCHEMA|VERSION_METADATA_SCHEMA|artifacts\\.lock|wrapper_coverage|supplement/[\\w.]+)\\b`,
  ),
  /^(?:drop_key|flip|shuffle) snapshots\/[\d.]+\/[\w-]+\.json$/,
  /^(?:drop_key|flip|shuffle|remove) versions\//,
  /^(?:duplicate_key) RULES\.json$/,
  /^remove (?:artifacts\.lock\.json|supplement\/)/,
];

describe('random mutations of an older root', () => {
  it('find a link in place of any file, whatever is behind it', async () => {
    const base = mkdtempSync(join(tmpdir(), 'cliparity-older-'));
    try {
      for (const [path, content] of minimalRoot()) {
        mkdirSync(dirname(join(base, 'root', path)), { recursive: true });
        writeFileSync(join(base, 'root', path), content as string);
      }
      const view = folderView(join(base, 'root'));
      for (const path of ['current.json', 'artifacts.lock.json', 'snapshots/1.0.0/union.json', 'versions/1.0.0.json']) {
        const file = join(base, 'root', path);
        if (existsSync(file)) renameSync(file, join(base, 'kept'));
        else writeFileSync(join(base, 'kept'), '{}');
        for (const to of [join(base, 'kept'), base, file, 'nowhere']) {
          symlinkSync(to, file);
          const found = await validateOlderRoot(view, '', 'strict');
          rmSync(file);
          expect(found.map(({ code, location }) => `${code} ${location?.file ?? ''}`)).toContain(
            `FILE_NOT_REGULAR ${path}`,
          );
        }
        renameSync(join(base, 'kept'), file);
      }
    } finally {
      rmSync(base, { recursive: true });
    }
  });
  it('never crash', async () => {
    const root = minimalRoot();
    await fc.assert(
      fc.asyncProperty(mutations([...root.keys()]), async (mutation) => {
        const files = mutated(root, mutation);
        fc.pre(files !== undefined);
        expect(Array.isArray(await found(files as FileMap))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
  withData('never pass unseen but where the format has nothing that could tell', async () => {
    const root = new Map(filesBelow(reference));
    const clean = await found(root);
    const passed = new Set<string>();
    await fc.assert(
      fc.asyncProperty(mutations([...root.keys()]), async (mutation) => {
        const files = mutated(root, mutation);
        fc.pre(files !== undefined && mutation.kind !== 'big');
        const now = await found(files as FileMap);
        if (now.every((one) => clean.includes(one))) passed.add(`${mutation.kind} ${mutation.path}`);
      }),
      { numRuns: 100, seed: 20261120 },
    );
    expect([...passed].filter((one) => !UNTOLD.some((known) => known.test(one)))).toEqual([]);
  });
});
