import { join, relative, resolve } from 'node:path';
import { findEntry } from '@cliparity/acquisition';
import { harvestPython, PYTHON_PLACES, pythonChecklist } from '@cliparity/harvest';
import { writeAtomic } from '@cliparity/manifest-store';
import { UsageError, type Finding, type Result } from '@cliparity/model';
import { consumerTests } from './harvest-checklist.js';
import { harvestScratch } from './harvest-scratch.js';
import { lockedVersionOf, lockOf, openRootContext, type RootContext } from '../base/root-context.js';
import type { Workbench } from '../base/workbench.js';

/** What the original harvester’s options say. Paths are absolute. */
export interface HarvestPythonRequest {
  readonly cli: string;
  readonly version: string;
  /** Root of the SDK’s checkout; CODEX_PYTHON_SDK_PATH unless said. */
  readonly sdk?: string | undefined;
  readonly output?: string | undefined;
  readonly codexPath?: string | undefined;
  readonly scenarios?: readonly string[] | undefined;
  readonly check?: boolean;
}

function sdkOf({ io }: Workbench, said: string | undefined): string {
  const path = said ?? io.env('CODEX_PYTHON_SDK_PATH');
  // The module runs in a folder of its own.
  if (path !== undefined && path !== '') return resolve(path);
  throw new UsageError('PYTHON_SDK_MISSING', 'The path of the Python SDK is required.', {
    where: '--python-sdk',
    remedy: 'Give the root of the SDK’s checkout with --python-sdk or CODEX_PYTHON_SDK_PATH.',
  });
}

async function pinOf(root: RootContext, version: string) {
  const { binary_sha256 } = findEntry(await lockOf(root), version, root.manifest.targets.required);
  return { sha256: binary_sha256, acquire: `cliparity acquire ${root.name} ${version} --link DIR` };
}

/**
 * `harvest CLI VERSION --python-sdk PATH`: runs the scenarios that an SDK brings in Python, and keeps their streams beside ours.
 * @throws UsageError PYTHON_SDK_MISSING, PYTHON_MODULE_NOT_FOUND, PYTHON_BINARY_NOT_PINNED
 */
export async function harvestPythonScenarios(
  bench: Workbench,
  asked: HarvestPythonRequest,
): Promise<{ readonly result: Result; readonly findings: readonly Finding[] }> {
  const { workspace, io } = bench;
  const sdk = sdkOf(bench, asked.sdk);
  const root = await openRootContext(bench, asked.cli);
  const version = await lockedVersionOf(root, asked.version);
  const output = asked.output ?? join(workspace, PYTHON_PLACES.fixtures);
  const { codexPath, check = false } = asked;
  const file = (path: string): string => relative(workspace, path).replaceAll('\\', '/');
  const { recorded, findings } = await harvestPython({
    sdk,
    output,
    schemas: join(workspace, PYTHON_PLACES.schemas),
    ...(codexPath !== undefined && {
      codexPath,
      pinned: await pinOf(root, version),
    }),
    names: asked.scenarios ?? [],
    check,
    scratch: harvestScratch(),
    signal: io.signal,
    file,
  });
  if (!check) {
    const text = await pythonChecklist(output, await consumerTests(workspace));
    await writeAtomic(join(workspace, PYTHON_PLACES.checklist), text);
  }
  const verb = check ? 'the same' : 'recorded';
  return {
    result: {
      kind: 'harvested',
      schema_version: 1,
      data: { cli: asked.cli, version, check, recorded, findings },
      view: {
        headline: `${String(recorded.length)} Python scenarios ${verb}, ${String(findings.length)} findings`,
        tone: findings.length === 0 ? 'good' : 'bad',
        lines: recorded.map((name) => `${file(join(output, `${name}.jsonl`))}  ${verb}`),
        tables:
          findings.length === 0
            ? []
            : [
                {
                  title: 'Findings',
                  columns: [{ title: 'code' }, { title: 'what' }, { title: 'next' }],
                  rows: findings.map(({ code, message, help }) => [{ text: code, tone: 'bad' }, message, help ?? '']),
                },
              ],
      },
    },
    findings,
  };
}
