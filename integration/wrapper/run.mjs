// The wrapper's own tests: @openai/codex-sdk drives the codex binary that CLIPARITY_BINARY names, against the scripted model.
// `cliparity verify codex VERSION` runs it; `nx run integration:test-artifacts` fetches the SDK. What it prints is the same every time.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CASES, modelOf } from './cases.mjs';
import { startModel } from './model.mjs';

const workspace = join(dirname(fileURLToPath(import.meta.url)), '../..');
const {
  CLIPARITY_BINARY: binary = '',
  CLIPARITY_VERSION: version = '',
  PATH = '',
  NO_PROXY = '127.0.0.1',
} = process.env;

async function loadSdk() {
  const entry = join(workspace, 'dist/test-artifacts/wrapper/node_modules/@openai/codex-sdk/dist/index.js');
  try {
    return await import(pathToFileURL(entry).href);
  } catch (error) {
    throw new Error('the SDK is not here; run npx nx run integration:test-artifacts', { cause: error });
  }
}

/** Everything off that would ask anybody but the model. */
const configOf = (url) => ({
  model_provider: 'mock',
  check_for_update_on_startup: false,
  analytics: { enabled: false },
  otel: { exporter: 'none', metrics_exporter: 'none' },
  features: { plugins: false, apps: false, remote_models: false },
  model_providers: {
    mock: {
      name: 'mock',
      base_url: url,
      env_key: 'MOCK_API_KEY',
      wire_api: 'responses',
      request_max_retries: 0,
      stream_max_retries: 0,
      stream_idle_timeout_ms: 20_000,
    },
  },
});

async function runCase({ Codex }, test) {
  const folder = mkdtempSync(join(tmpdir(), 'case-'));
  const model = await startModel(workspace, folder, test.answers(version));
  const work = join(folder, 'work');
  mkdirSync(work);
  const dead = 'http://127.0.0.1:9';
  const env = {
    PATH,
    HOME: homedir(),
    TMPDIR: tmpdir(),
    MOCK_API_KEY: 'dummy',
    NO_PROXY,
    HTTP_PROXY: dead,
    HTTPS_PROXY: dead,
  };
  const codex = new Codex({ codexPathOverride: binary, env, config: configOf(model.url) });
  const options = {
    model: modelOf(version),
    sandboxMode: 'read-only',
    approvalPolicy: 'never',
    workingDirectory: work,
    skipGitRepoCheck: true,
  };
  try {
    await test.run({ codex, options, folder: work });
    await model.stop();
  } finally {
    model.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main() {
  if (binary === '') throw new Error('CLIPARITY_BINARY names no binary; cliparity verify sets it');
  const sdk = await loadSdk();
  for (const test of CASES) {
    try {
      await runCase(sdk, test);
      console.log(`ok      ${test.name}`);
    } catch (error) {
      process.exitCode = 1;
      console.log(`FAILED  ${test.name}\n${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

try {
  await main();
} catch (error) {
  process.exitCode = 1;
  console.error(error instanceof Error ? error.message : String(error));
}
