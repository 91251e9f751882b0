import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { memoryView, overlayView } from '../engine/memory-view.js';
import { changed, type Change } from '../engine/testing/change.js';
import { parityFixes } from './fix.js';
import { PARITY_CODES } from './parity-code.js';
import { minimalRoot } from './testing/minimal-root.js';
import { validateParity } from './validate-parity.js';
import {
  compareViolations,
  violationFinding,
  violationJson,
  violationLine,
  type ParityViolation,
} from './violation.js';

const rootOf = (change: Change) => memoryView(changed(minimalRoot(), change));
const prose = { path: 'a', message: 'm', code: 'IU_NOTE_MISSING' } as const;

describe('the cases', () => {
  it('are there for every code, each in a folder of its own', () => {
    const folders = readdirSync(new URL('cases/', import.meta.url));
    expect(folders.sort()).toEqual(PARITY_CODES.filter((code) => !code.startsWith('SUPPORT_MATRIX_')).sort());
  });
});

describe('what governs a root', () => {
  it.each<[string, Change]>([
    ['RULES_MISSING', { files: { 'RULES.json': null } }],
    ['RULES_INVALID', { files: { 'RULES.json': '{' } }],
    ['RULES_INVALID', { edits: [{ file: 'RULES.json', at: '/parity_exclusions/units', remove: true }] }],
    ['RULES_INVALID', { edits: [{ file: 'RULES.json', at: '/union/platform_mapping', remove: true }] }],
    [
      'RULES_UNSUPPORTED',
      { edits: [{ file: 'RULES.json', at: '/wrapper_coverage/scope_semantics/platforms_expand_using', set: 'x' }] },
    ],
    [
      'RULES_UNSUPPORTED',
      { edits: [{ file: 'RULES.json', at: '/wrapper_coverage/scope_semantics/defaults/no_scope_means', set: 'none' }] },
    ],
    [
      'RULES_UNSUPPORTED',
      { edits: [{ file: 'RULES.json', at: '/wrapper_coverage/scope_semantics/scope_set_resolution/mode', set: 'x' }] },
    ],
    [
      'RULES_UNSUPPORTED',
      { edits: [{ file: 'RULES.json', at: '/versioning/pointers/stable_semver_pattern', set: '(' }] },
    ],
    ['SCHEMA_MISSING', { files: { 'SCHEMA.json': null } }],
    ['SCHEMA_INVALID_JSON', { files: { 'VERSION_METADATA_SCHEMA.json': 'none' } }],
    ['SCHEMA_VALIDATION_FAILED', { edits: [{ file: 'SCHEMA.json', at: '/oneOf', set: 3 }] }],
  ])('must be usable: %s', async (code, change) => {
    await expect(validateParity(rootOf(change))).rejects.toMatchObject({ code });
  });

  it('may hold a key twice where the reference reads neither', async () => {
    const rules = minimalRoot().get('RULES.json') as string;
    const twice = rules.replace('{', '{"scope": "x", "scope": {},');
    expect(await validateParity(rootOf({ files: { 'RULES.json': twice } }))).toEqual([]);
  });
});

describe('a violation', () => {
  it('is ordered by path, unit, command path, name, field, target, pointer, code, message; what is absent stands first', () => {
    const ordered: readonly ParityViolation[] = [
      prose,
      { ...prose, json_pointer: '/a' },
      { ...prose, code: 'POINTER_UNREADABLE', json_pointer: '/a' },
      { ...prose, target_triple: 'a' },
      { ...prose, target_triple: 'a', json_pointer: '/a' },
      { ...prose, field: 'a' },
      { ...prose, key_or_name: 'a' },
      { ...prose, command_path: '[]', key_or_name: '' },
      { ...prose, unit: 'a' },
      { ...prose, path: 'b' },
    ];
    expect([...ordered].reverse().sort(compareViolations)).toEqual(ordered);
  });

  it('is printed with what the reference prints, and nothing else', () => {
    const full = { ...prose, json_pointer: '/a', unit: 'u', field: 'f', target_triple: 't', details: { a: 1 } };
    expect(violationJson(full)).toEqual({
      code: 'IU_NOTE_MISSING',
      severity: 'error',
      path: 'a',
      message: 'm',
      json_pointer: '/a',
      details: { a: 1 },
    });
    expect(violationLine(full)).toBe('IU_NOTE_MISSING error a /a m');
    expect(violationLine(prose)).toBe('IU_NOTE_MISSING error a m');
  });

  it('is the same finding wherever in its list it stands', async () => {
    const edit = (at: number) => ({
      edits: [
        ...(at === 1
          ? [{ file: 'wrapper_coverage.json', at: '/coverage/0/args', set: [{ name: 'A', level: 'explicit' }] }]
          : []),
        { file: 'wrapper_coverage.json', at: '/coverage/0/flags/-', set: { key: '--b', level: 'passthrough' } },
      ],
    });
    const prints = await Promise.all(
      [0, 1].map(async (at) => (await validateParity(rootOf(edit(at)))).map((one) => violationFinding(one, 'm/x/'))),
    );
    expect(prints[0]?.[0]).toMatchObject({
      code: 'PASSTHROUGH_NOTE_MISSING',
      location: { file: 'm/x/wrapper_coverage.json' },
    });
    expect(prints[1]?.[0]?.fingerprint).toBe(prints[0]?.[0]?.fingerprint);
  });
});

describe('mechanical repairs', () => {
  const broken: Change = {
    files: {
      'pointers/latest_supported/win32-x64.txt': null,
      'pointers/latest_validated/win32-x64.txt': '1.1.0\r\nrest',
      'min_supported.txt': '1.0.0',
      'current.json': 'old',
    },
  };
  it('mend what they can and leave a root that is clean', async () => {
    const view = rootOf(broken);
    const writes = await parityFixes(view);
    expect(writes.map(({ path }) => path).sort()).toEqual(Object.keys(broken.files ?? {}).sort());
    const mended = overlayView(view, new Map(writes.map(({ path, bytes }) => [path, bytes])));
    expect(await validateParity(mended)).toEqual([]);
    expect(await parityFixes(mended)).toEqual([]);
  });
  it('invent no version and write over no folder', async () => {
    const view = rootOf({ files: { 'latest_validated.txt': 'v1\n', 'current.json': { folder: true } } });
    expect(await parityFixes(view)).toEqual([]);
  });
});
