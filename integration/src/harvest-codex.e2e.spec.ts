import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { harvest, readFixtures } from '@cliparity/harvest';
import { Ajv } from 'ajv';
import { CODEX_FIXTURES, codexBinary, codexHarvest, codexVersions, quietIo } from './support/golden.js';

jest.setTimeout(300_000);

const runsHere = process.platform === 'linux' && process.arch === 'x64';
const onLinux = runsHere ? describe : describe.skip;

interface TalkLine {
  readonly dir: 'in' | 'out';
  readonly message: Readonly<Record<string, unknown>>;
}

/** What a server said by itself: its notifications and requests, of which the binary brings a schema. */
async function spoken(version: string): Promise<readonly TalkLine['message'][]> {
  const fixtures = await readFixtures(join(CODEX_FIXTURES, version));
  return fixtures
    .filter(({ sidecar }) => sidecar?.transport === 'rpc')
    .flatMap(({ text = '' }) => text.split('\n').filter((line) => line !== ''))
    .map((line) => JSON.parse(line) as TalkLine)
    .filter(({ dir, message }) => dir === 'out' && typeof message['method'] === 'string')
    .map(({ message }) => message);
}

onLinux.each(codexVersions())('codex %s (skipped where the binary does not run)', (version) => {
  it('prints every recorded stream again, byte for byte', async () => {
    const binary = (await codexBinary(version)) ?? 'not acquired';
    const report = await harvest(await codexHarvest(version, binary), quietIo());
    expect(report.findings).toEqual([]);
    expect(new Set(report.outcomes.map(({ state }) => state))).toEqual(new Set(['same']));
    expect(report.outcomes.length).toBeGreaterThan(30);
  });

  it('says what its own schemas allow', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cliparity-schema-'));
    const env = { PATH: '/usr/bin:/bin', HOME: folder, CODEX_HOME: folder };
    execFileSync((await codexBinary(version)) ?? '', ['app-server', 'generate-json-schema', '--out', folder], {
      env,
      stdio: 'ignore',
    });
    const schema = (name: string): object => JSON.parse(readFileSync(join(folder, name), 'utf8')) as object;
    const ajv = new Ajv({ strict: false, logger: false });
    const notification = ajv.compile(schema('ServerNotification.json'));
    const request = ajv.compile(schema('ServerRequest.json'));
    let count = 0;
    for (const message of await spoken(version)) {
      // The oldest version repeats everything in an older protocol that it has no schema for.
      if (String(message['method']).startsWith('codex/event/')) continue;
      const validate = message['id'] === undefined ? notification : request;
      expect([message['method'], validate(message), validate.errors ?? []]).toEqual([message['method'], true, []]);
      count += 1;
    }
    expect(count).toBeGreaterThan(5);
    rmSync(folder, { recursive: true, force: true });
  });
});
