import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sha256, type Result } from '@cliparity/model';
import type { FileRef, Io } from '@cliparity/plugin-api';
import { fileSetOfTexts } from './file-set.js';
import { runStep, type DerivedStep, type StepHost } from './run-step.js';

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
const result = (headline: string): Result => ({ kind: 'union', schema_version: 1, data: null, view: { headline } });

/** Copies its input in capitals, and records the digest of what it copied. */
const shout: DerivedStep<{ from: FileRef; to: FileRef }> = {
  id: 'shout',
  revision: 1,
  inputs: ({ from }) => [from],
  outputs: ({ to }) => [to],
  expected: (_, read) => {
    const bytes = read.get('from');
    return bytes === undefined ? undefined : [{ name: 'from', sha256: sha256(bytes) }];
  },
  recorded: (_, bytes) => {
    const [sum] = text(bytes).split('\n');
    return sum?.length === 64 ? [{ name: 'from', sha256: sum }] : undefined;
  },
  present: () => result('present'),
  run: async ({ to }, read) => {
    const bytes = read.get('from');
    if (bytes === undefined) throw new Error('no input');
    const write = fileSetOfTexts([[to.name, `${sha256(bytes)}\n${text(bytes).toUpperCase()}`]]);
    return { write, result: result('ran') };
  },
};

describe('runStep', () => {
  let folder: string;
  let params: { from: FileRef; to: FileRef };
  let written: string[];
  const host: StepHost = {
    io: {} as Io,
    write: async (files) => {
      for (const { path, bytes } of files) {
        written.push(path);
        writeFileSync(path, bytes);
      }
    },
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cliparity-step-'));
    params = { from: { name: 'from', path: join(folder, 'from') }, to: { name: 'to', path: join(folder, 'to') } };
    written = [];
    writeFileSync(params.from.path, 'hello');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('writes what is missing, then leaves it alone', async () => {
    expect(await runStep(shout, params, { host })).toMatchObject({ status: 'written', changed: ['to'] });
    expect(await runStep(shout, params, { host })).toMatchObject({ status: 'up-to-date', changed: [] });
    expect(written).toEqual([params.to.path]);
  });
  it('runs again when an input changed', async () => {
    await runStep(shout, params, { host });
    writeFileSync(params.from.path, 'bye');
    expect(await runStep(shout, params, { host })).toMatchObject({ status: 'written' });
    expect(readFileSync(params.to.path, 'utf8')).toContain('BYE');
  });
  it('with force runs, and writes only when the bytes differ', async () => {
    await runStep(shout, params, { host });
    expect(await runStep(shout, params, { host, force: true })).toMatchObject({ status: 'same', changed: [] });
    expect(written).toHaveLength(1);
  });
  it('with check writes nothing and says what differs or is missing', async () => {
    const missing = await runStep(shout, params, { host, check: true });
    expect(missing.findings.map((f) => f.code)).toEqual(['DERIVED_FILE_MISSING']);
    await runStep(shout, params, { host });
    const sum = sha256('hello');
    writeFileSync(params.to.path, `${sum}\nEDITED BY HAND`);
    const differs = await runStep(shout, params, { host, check: true });
    expect(differs.findings.map((f) => f.code)).toEqual(['DERIVED_FILE_DIFFERS']);
    expect(written).toHaveLength(1);
  });
  it('takes a damaged output for one that is not up to date', async () => {
    writeFileSync(params.to.path, 'half');
    expect(await runStep(shout, params, { host })).toMatchObject({ status: 'written' });
  });
  it('lets the step say what is wrong when an input is missing', async () => {
    rmSync(params.from.path);
    await expect(runStep(shout, params, { host })).rejects.toThrow('no input');
  });
});
