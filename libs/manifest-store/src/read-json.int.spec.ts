import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { closed, FindingError, oneOf, UsageError } from '@cliparity/model';
import { Type } from '@sinclair/typebox';
import { checkJson, readBytes, readJson, readJsonIfThere } from './read-json.js';
import { tempFolder } from './temp-folder.fixture.js';

const Schema = closed({
  targets: Type.Array(closed({ required: Type.String(), mode: Type.Optional(oneOf(['any', 'all'] as const)) })),
  version: Type.Optional(Type.Literal(2)),
});
const check = (text: string, options: Parameters<typeof checkJson>[2] = {}) =>
  checkJson(Buffer.from(text), Schema, { name: 'f.json', ...options });

describe('readJson', () => {
  it('reads a file, also one with CRLF', async () => {
    const file = join(await tempFolder(), 'f.json');
    await writeFile(file, '{\r\n  "targets": []\r\n}\r\n');
    await expect(readJson(file, Schema)).resolves.toEqual({ targets: [] });
  });
  it('says that a file is missing and what to do, or gives undefined when that is asked for', async () => {
    const file = join(await tempFolder(), 'f.json');
    await expect(readJson(file, Schema, { remedy: 'Run lock.' })).rejects.toMatchObject({
      code: 'FILE_MISSING',
      exitCode: 2,
      where: file,
      remedy: 'Run lock.',
    });
    await expect(readJsonIfThere(file, Schema)).resolves.toBeUndefined();
  });
  it('does not take a folder for a missing file', async () => {
    const folder = join(await tempFolder(), 'f.json');
    await mkdir(folder);
    await expect(readJsonIfThere(folder, Schema)).rejects.toMatchObject({ code: 'FILE_UNREADABLE', exitCode: 3 });
  });
});

const withPipes = process.platform === 'win32' ? it.skip : it;
describe('readBytes', () => {
  withPipes('waits for no pipe and follows no link to a device', async () => {
    const folder = await tempFolder();
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    await symlink('/dev/zero', join(folder, 'endless'));
    for (const name of ['pipe', 'endless'])
      await expect(readBytes(join(folder, name))).rejects.toMatchObject({ code: 'FILE_UNREADABLE', exitCode: 3 });
  });
  withPipes('reads what a shell hands over in place of a file', async () => {
    await expect(readBytes('/dev/null')).resolves.toHaveLength(0);
  });
});

describe('checkJson', () => {
  it.each([
    ['{\n  "targets": [,]\n}', 'f.json:2:15', /line 2, column 15: expected a value, found ","/],
    ['\ufeff{"targets": []}', 'f.json:1:1', /byte order mark/],
    ['{"targets": [], "targets": []}', 'f.json:1:17', /"targets" stands twice/],
    ['', 'f.json:1:1', /found the end of the file/],
  ])('says of %j where it is not JSON', async (text, where, message) => {
    await expect(check(text)).rejects.toMatchObject({
      code: 'FILE_INVALID_JSON',
      where,
      message: expect.stringMatching(message),
    });
  });
  it('refuses bytes that are not UTF-8', async () => {
    await expect(checkJson(Buffer.from([0x7b, 0xff]), Schema)).rejects.toMatchObject({ code: 'FILE_NOT_UTF8' });
  });
  it('lets the last of equal keys win where that is allowed, and still finds what follows them', async () => {
    const loose = { allowDuplicateKeys: true };
    await expect(check('{"targets": 1, "targets": []}', loose)).resolves.toEqual({ targets: [] });
    await expect(check('{"targets": 1, "targets": []', loose)).rejects.toMatchObject({ code: 'FILE_INVALID_JSON' });
  });
  it.each([
    [
      '{"targets": [{"requird": "x", "required": "y"}]}',
      '/targets/0/requird',
      /unknown key\. Did you mean "required"\?/,
    ],
    ['{"targets": [{}]}', '/targets/0/required', /is missing/],
    ['{"targets": [{"required": 1}]}', '/targets/0/required', /expected string, found 1/],
    [
      '{"targets": [{"required": "", "mode": "anny"}]}',
      '/targets/0/mode',
      /one of any, all, found "anny"\. Did you mean "any"/,
    ],
    ['{"targets": [], "version": 3}', '/version', /expected 2, found 3/],
    ['[]', '', /\(whole file\): expected object, found \[\]/],
    ['{"targets": [], "a/b~c": 1}', '/a~1b~0c', /unknown key/],
  ])('says of %s where it differs and what was expected', async (text, pointer, message) => {
    await expect(check(text)).rejects.toMatchObject({
      code: 'FILE_SCHEMA_INVALID',
      where: `f.json#${pointer}`,
      message: expect.stringMatching(message),
    });
  });
  it('shows some problems and counts the rest', async () => {
    const text = JSON.stringify({ targets: Array.from({ length: 9 }, () => ({})) });
    await expect(check(text)).rejects.toThrow(/And 4 more\.$/);
  });
  it('is a finding for an artifact and wrong usage for settings', async () => {
    await expect(check('{}')).rejects.toBeInstanceOf(FindingError);
    await expect(check('{}', { as: 'settings' })).rejects.toBeInstanceOf(UsageError);
  });
});
