import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { supportMatrixMarkdown, supportMatrixText, supportRows, type SupportRow } from '@cliparity/lifecycle';
import { memoryView, type FileMap } from '../engine/memory-view.js';
import { subView } from '../engine/root-view.js';
import { changed, type Change } from '../engine/testing/change.js';
import { matrixAgents } from './matrix-agents.js';
import { matrixRoot } from './matrix-root.js';
import { PARITY_CODES } from './parity-code.js';
import { validateSupportMatrix } from './support-matrix.js';
import { minimalRoot } from './testing/minimal-root.js';

const AGENTS = ['other', 'small'].map((agent) => ({ agent, root: `cli_manifests/${agent}` }));
const PATH = 'cli_manifests/support_matrix/current.json';

async function rowsOf(files: FileMap): Promise<SupportRow[]> {
  const view = memoryView(files);
  return supportRows(await Promise.all(AGENTS.map(({ agent, root }) => matrixRoot(subView(view, root), agent))));
}
async function workspace(): Promise<FileMap> {
  const files = AGENTS.flatMap(({ root }) =>
    [...minimalRoot()].map(([path, text]) => [`${root}/${path}`, text] as const),
  );
  return new Map([...files, [PATH, supportMatrixText(await rowsOf(new Map(files)))]]);
}
async function found(files: FileMap): Promise<object[]> {
  const violations = await validateSupportMatrix(memoryView(files), AGENTS);
  return violations.map(({ code, path, json_pointer }) => ({
    code,
    path,
    ...(json_pointer !== undefined && { json_pointer }),
  }));
}

interface Case {
  readonly bad: Change;
  readonly finds: readonly { readonly code?: string; readonly path: string; readonly json_pointer?: string }[];
}
const folder = new URL('matrix-cases/', import.meta.url);

describe.each(readdirSync(folder))('%s', (code) => {
  it.each(readdirSync(new URL(`${code}/`, folder)))('%s', async (file) => {
    const { bad, finds } = JSON.parse(readFileSync(new URL(`${code}/${file}`, folder), 'utf8')) as Case;
    const wanted = finds.map((one) => ({ code, ...one }));
    const got = await found(changed(await workspace(), bad));
    expect(got).toHaveLength(wanted.length);
    expect(got).toEqual(expect.arrayContaining(wanted));
  });
});

describe('the support matrix', () => {
  it('is clean where it is what the roots give', async () => expect(await found(await workspace())).toEqual([]));

  it('has a case for each of its codes', () => {
    const cases = [...readdirSync(folder), 'SUPPORT_MATRIX_ROW_DUPLICATE', 'SUPPORT_MATRIX_ROW_ORDER_MISMATCH'];
    expect(cases.sort()).toEqual(PARITY_CODES.filter((code) => code.startsWith('SUPPORT_MATRIX_')).sort());
  });

  it('finds a row that stands twice, and rows that changed places', async () => {
    const files = await workspace();
    const rows = await rowsOf(files);
    const [first, second, ...rest] = rows as [SupportRow, SupportRow, ...SupportRow[]];
    const published = (list: readonly SupportRow[]) => found(new Map([...files, [PATH, supportMatrixText(list)]]));
    expect(await published([first, ...rows])).toEqual([
      { code: 'SUPPORT_MATRIX_ROW_DUPLICATE', path: PATH, json_pointer: '/rows/0' },
    ]);
    expect(await published([second, first, ...rest])).toEqual([
      { code: 'SUPPORT_MATRIX_ROW_ORDER_MISMATCH', path: PATH, json_pointer: '/rows/0' },
    ]);
  });

  it('is read by people as one table per root', async () => {
    const lines = supportMatrixMarkdown(await rowsOf(await workspace())).split('\n');
    expect(lines.filter((line) => line.startsWith('###'))).toEqual(['### `other`', '### `small`']);
    expect(lines).toHaveLength(2 * (4 + 6) + 1 + 1);
  });
});

describe('the registry of agents', () => {
  it('gives those that take part', () => {
    const registry = [
      '[[agents]]',
      'agent_id = "a" # first',
      'manifest_root = "roots/a"',
      '[agents.publication]',
      'support_matrix_enabled = true',
      '[[agents]]',
      'agent_id = "b"',
      'manifest_root = "roots/b"',
      '[agents.other]',
      'agent_id = "not this"',
      '[agents.publication]',
      'support_matrix_enabled = false',
    ].join('\n');
    expect(matrixAgents(registry)).toEqual([{ agent: 'a', root: 'roots/a' }]);
  });
});
