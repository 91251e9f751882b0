import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sha256 } from '@cliparity/model';
import { harvestPython, type PythonRequest } from './python-scenarios.js';

const withPython = spawnSync('python3', ['--version']).status === 0 ? describe : describe.skip;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cliparity-python-'));
  mkdirSync(join(folder, 'sdk/harvest_scenarios'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const module = (name: string, body: string): void =>
  writeFileSync(
    join(folder, `sdk/harvest_scenarios/${name}.py`),
    `import json\n\ndef record(output_path, **kwargs):\n${body}`,
  );
const run = (more: Partial<PythonRequest> = {}) =>
  harvestPython({
    sdk: join(folder, 'sdk'),
    output: join(folder, 'out'),
    schemas: join(folder, 'schemas'),
    scratch: join(folder, 'scratch'),
    signal: new AbortController().signal,
    ...more,
  });
const BASIC =
  '    open(output_path, "w").write(json.dumps({"type": "thread.started", "with": sorted(kwargs)}) + "\\n")\n';
const pin = (digest: string) => ({ sha256: digest, acquire: 'cliparity acquire fake 1.0.0 --link DIR' });
const codes = ({ findings }: Awaited<ReturnType<typeof run>>) => findings.map(({ code }) => code);

withPython('harvestPython (skipped without Python)', () => {
  it('records each module, and gives codex_path only when it is given', async () => {
    module('thread_basic', BASIC);
    module('other', BASIC);
    expect(await run()).toEqual({ recorded: ['other', 'thread_basic'], findings: [] });
    const read = () => readFileSync(join(folder, 'out/thread_basic.jsonl'), 'utf8');
    expect(read()).toBe('{"type": "thread.started", "with": []}\n');
    const codexPath = join(folder, 'codex');
    writeFileSync(codexPath, 'program');
    await run({ names: ['thread_basic'], codexPath, pinned: pin(sha256('program')) });
    expect(read()).toContain('"with": ["codex_path"]');
    expect(readdirSync(join(folder, 'scratch'))).toEqual([]);
  });

  it('module not found: names all that are unknown', async () => {
    module('thread_basic', BASIC);
    await expect(run({ names: ['thread_base', 'x'] })).rejects.toMatchObject({
      code: 'PYTHON_MODULE_NOT_FOUND',
      message: expect.stringContaining('thread_base, x'),
      remedy: 'Known are thread_basic.',
    });
    await expect(run({ sdk: join(folder, 'absent') })).rejects.toMatchObject({ code: 'PYTHON_SDK_MISSING' });
    await expect(run({ sdk: folder })).rejects.toMatchObject({ code: 'PYTHON_MODULE_NOT_FOUND' });
  });

  it('binary not the pinned one: says both digests', async () => {
    module('thread_basic', BASIC);
    const codexPath = join(folder, 'codex');
    writeFileSync(codexPath, 'another program');
    const pinned = pin('a'.repeat(64));
    await expect(run({ codexPath, pinned })).rejects.toMatchObject({
      code: 'PYTHON_BINARY_NOT_PINNED',
      message: expect.stringContaining(sha256('another program')),
      remedy: expect.stringContaining(`${'a'.repeat(64)}. Acquire it: cliparity acquire fake 1.0.0`),
    });
    for (const path of [join(folder, 'absent'), folder]) {
      await expect(run({ codexPath: path, pinned })).rejects.toMatchObject({ code: 'PYTHON_BINARY_NOT_PINNED' });
    }
  });

  it('drift: says where, and writes nothing', async () => {
    module('thread_basic', BASIC);
    await run();
    expect(codes(await run({ check: true }))).toEqual([]);
    module('thread_basic', BASIC.replace('thread.started', 'thread.begun'));
    const report = await run({ check: true });
    expect(report.findings).toMatchObject([
      { code: 'FIXTURE_DIFFERS', message: expect.stringContaining('thread_basic drifted: line 1 was') },
    ]);
    expect(readFileSync(join(folder, 'out/thread_basic.jsonl'), 'utf8')).toContain('thread.started');
  });

  it('keeps the schemas that a module writes, and compares them too', async () => {
    const schema = (text: string): string =>
      `    import os\n    os.makedirs("integration/fixtures/schemas")\n    open("integration/fixtures/schemas/answer.json", "w").write('${text}')\n`;
    module('structured', `${BASIC}${schema('{}')}`);
    await run();
    expect(readFileSync(join(folder, 'schemas/answer.json'), 'utf8')).toBe('{}');
    module('structured', `${BASIC}${schema('[]')}`);
    expect((await run({ check: true })).findings).toMatchObject([
      { code: 'FIXTURE_DIFFERS', location: { file: join(folder, 'schemas/answer.json') } },
    ]);
  });

  it('goes on after a scenario that throws, writes nothing, writes no JSON or hangs', async () => {
    module('a_throws', '    raise ValueError("my own fault")\n');
    module('b_silent', '    pass\n');
    module('c_noise', '    open(output_path, "w").write("not json\\n")\n');
    module('d_hangs', '    import time\n    time.sleep(60)\n');
    module('e_good', BASIC);
    // Long enough for the four others on a busy machine.
    const report = await run({ timeoutMs: 6000 });
    expect(codes(report)).toEqual([
      'PYTHON_SCENARIO_FAILED',
      'PYTHON_SCENARIO_FAILED',
      'PYTHON_STREAM_INVALID',
      'HARVEST_TIMEOUT',
    ]);
    expect(report.findings[0]?.message).toContain('my own fault');
    expect(report.recorded).toEqual(['e_good']);
    expect(readdirSync(join(folder, 'out'))).toEqual(['e_good.jsonl']);
  });
});
