import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { harvest, planScenario, readFixtures, recordScenario } from '@cliparity/harvest';
import { responses } from '@cliparity/model-server';
import type { Scenario } from '@cliparity/plugin-api';
import { Ajv } from 'ajv';
import { CODEX_FIXTURES, codexBinary, codexHarvest, codexVersions, loadScenarios, quietIo } from './support/golden.js';

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

  it('gives nothing away that was planted in its environment, command line, files and model', async () => {
    const leak = (name: string): string => `LEAK-${name}-7f3a9c`;
    const basic = (await loadScenarios()).find(({ id }) => id === 'codex-thread_tool_fast') as Scenario;
    const { upstream, folders } = await codexHarvest(version, (await codexBinary(version)) ?? 'not acquired');
    const planned = planScenario(basic, upstream);
    const [step] = planned.plan.steps;
    const plan = {
      ...planned.plan,
      env: { MOCK_API_KEY: leak('key') },
      files: { ...planned.plan.files, 'cwd/secret.txt': leak('file'), 'cwd/AGENTS.md': leak('agents') },
      steps: step === undefined ? [] : [{ ...step, argv: [...step.argv.slice(0, -1), leak('argv')] }],
      secrets: ['file', 'agents', 'argv', 'model'].map(leak),
      model: {
        api: 'openai-responses' as const,
        answers: (planned.plan.model?.answers ?? []).map((answer, at) =>
          at === 0
            ? (JSON.parse(
                JSON.stringify(answer).replaceAll('echo quick', 'cat secret.txt; echo $MOCK_API_KEY'),
              ) as typeof answer)
            : { ...responses.answer(responses.message(`It says ${leak('model')}.`)), delayMs: 300 },
        ),
      },
    };
    const options = { runs: 1, scratch: folders.scratch, ...quietIo() };
    const { fixtures } = await recordScenario({ ...planned, plan }, upstream, options);
    const written = JSON.stringify(fixtures);
    expect(written).not.toContain('LEAK');
    expect(fixtures[0]?.text).toContain('***');
    expect(fixtures[0]?.text).toContain('"text":"It says ***."');
  });
});
