import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { folderView } from '../engine/folder-view.js';
import { metadataCheck, olderDerivedFindings, reportCheck, unionCheck, versionsWithUnion } from './older-checks.js';

const beside = fileURLToPath(new URL('../../../../../shared/reference/data', import.meta.url));
const root = join(process.env['CLIPARITY_REFERENCE'] ?? beside, 'unified-agent-api/codex');
const view = folderView(root);
const withData = existsSync(root) ? it : it.skip;
const at = (version: string) => ({ view, prefix: 'codex/', version });
const files = (found: readonly { readonly location?: { readonly file?: string } }[]) =>
  found.map(({ location }) => location?.file);

describe('the root somebody else committed (skipped without the reference data)', () => {
  withData('has unions that are derived again byte for byte', async () => {
    expect(versionsWithUnion(view)).toEqual(['0.61.0', '0.92.0', '0.125.0']);
    for (const version of versionsWithUnion(view)) expect(await unionCheck(at(version))).toEqual([]);
  });
  withData('has reports of 0.125.0 that are derived again byte for byte, and stale ones', async () => {
    expect(await reportCheck(at('0.125.0'))).toEqual([]);
    const stale = (version: string) =>
      ['any', 'x86_64-unknown-linux-musl'].map((name) => `codex/reports/${version}/coverage.${name}.json`);
    expect(files(await reportCheck(at('0.61.0')))).toEqual(stale('0.61.0'));
    expect(files(await reportCheck(at('0.92.0')))).toEqual(stale('0.92.0'));
  });
  withData('has metadata that is derived again byte for byte', async () => {
    for (const version of versionsWithUnion(view)) expect(await metadataCheck(at(version))).toEqual([]);
  });
  withData('has nothing else that is stale', async () => {
    const found = await olderDerivedFindings(view, 'codex/');
    expect(found.map(({ code }) => code)).toEqual(Array(4).fill('DERIVED_FILE_DIFFERS'));
  });
});
