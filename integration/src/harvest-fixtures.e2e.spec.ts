import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import {
  canonicalEvents,
  fixtureNames,
  isIntact,
  readFixtures,
  schemaFiles,
  selectScenarios,
} from '@cliparity/harvest';
import Ajv2020 from 'ajv/dist/2020.js';
import { CODEX_FIXTURES, CODEX_TARGET, codexVersions, loadScenarios } from './support/golden.js';
import { HOUSE } from './support/clone.js';
import { CLIPARITY_BIN } from './support/command.js';

jest.setTimeout(180_000);

const read = (...parts: string[]): string => readFileSync(join(HOUSE, ...parts), 'utf8');

describe.each(codexVersions())('the recorded streams of codex %s', (version) => {
  const folder = join(CODEX_FIXTURES, version);
  const about = { cli: 'codex', version };

  it('are those of the scenarios, each with its sidecar, as they were recorded', async () => {
    const upstream = { ...about, tool: '', target: CODEX_TARGET, binary: '', binarySha256: '' };
    const { planned, failed } = selectScenarios(await loadScenarios(), upstream);
    expect(failed).toEqual([]);
    expect(await fixtureNames(folder)).toEqual(planned.flatMap(({ streams }) => streams).sort());
    const fixtures = await readFixtures(folder);
    expect(fixtures.filter((fixture) => !isIntact(fixture)).map(({ name }) => name)).toEqual([]);
    expect(new Set(fixtures.map(({ sidecar }) => sidecar?.provenance))).toEqual(new Set(['live']));
  });

  it('have the schemas that they give', async () => {
    const files = schemaFiles(await readFixtures(folder), about);
    expect(files.length).toBeGreaterThan(0);
    for (const { name, text } of files) expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
  });

  it('fit those schemas, line by line, with and without fields nobody knows yet', async () => {
    const ajv = new Ajv2020.default({ strict: false });
    const validate = ajv.compile(JSON.parse(readFileSync(join(folder, 'schemas/exec.schema.json'), 'utf8')) as object);
    let count = 0;
    for (const { text, sidecar } of await readFixtures(folder)) {
      if (sidecar?.transport !== 'exec') continue;
      for (const { value } of canonicalEvents(text ?? '', 'exec')) {
        expect(validate(value)).toBe(true);
        expect(validate({ ...value, futureTurnField: { scheduledTasks: [] } })).toBe(true);
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(100);
    expect(validate({ type: 'turn.continuation' })).toBe(false);
  });

  it('hold nothing of the machine they were recorded on', async () => {
    for (const { name, text = '' } of await readFixtures(folder)) {
      const found =
        /(?:\/tmp\/|\/home\/|\/root\/|run-\d+-[0-9a-f]{12}|127\.0\.0\.1:\d|dummy-key|LEAK|base_instructions)/.exec(
          text,
        );
      expect([name, found?.[0]]).toEqual([name, undefined]);
    }
  });
});

describe('documents made from the recorded streams', () => {
  it('docs/drift-codex-0.125.0-0.169.0.md is what the command gives, formatted', () => {
    const file = 'docs/drift-codex-0.125.0-0.169.0.md';
    const words = ['-C', HOUSE, 'harvest', 'codex', '0.169.0', '--diff', '0.125.0', '--reporter', 'markdown'];
    const drift = spawnSync(process.execPath, [CLIPARITY_BIN, ...words], { encoding: 'utf8' });
    const prettier = join(HOUSE, 'node_modules/prettier/bin/prettier.cjs');
    const formatted = spawnSync(process.execPath, [prettier, '--stdin-filepath', join(HOUSE, file)], {
      input: drift.stdout,
      encoding: 'utf8',
    });
    expect([drift.status, formatted.status]).toEqual([0, 0]);
    expect(read(file)).toBe(formatted.stdout);
  });

  it.each([
    ['codex', 'docs/parity-checklist.md'],
    ['claude-code', 'docs/parity-checklist-claude-code.md'],
  ])('of %s, %s is what they give', (cli, file) => {
    const words = ['-C', HOUSE, 'harvest', cli, '--checklist', join(HOUSE, file), '--check'];
    const run = spawnSync(process.execPath, [CLIPARITY_BIN, ...words], { encoding: 'utf8' });
    expect([run.stdout, run.status]).toEqual([expect.stringContaining('up to date'), 0]);
  });
});
