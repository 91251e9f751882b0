import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportTexts } from '@cliparity/coverage';
import { serialize, UnionSchema, type OperatingSystem, type Union, type WrapperCoverage } from '@cliparity/model';
import { mergeUnion, readSnapshots } from '@cliparity/surface';
import { processor, type Bench, type BenchContext, type Comparison, type OpenBench } from './harness.js';

const SYSTEMS: Readonly<Record<string, OperatingSystem>> = {
  'x86_64-unknown-linux-musl': 'linux',
  'aarch64-unknown-linux-musl': 'linux',
  'aarch64-apple-darwin': 'macos',
  'x86_64-pc-windows-msvc': 'windows',
};
const TARGETS = Object.keys(SYSTEMS);
const REQUIRED = 'x86_64-unknown-linux-musl';
/** One derivation takes a few milliseconds of the processor: too short for its clock. */
const TIMES = 20;

const again = (run: () => void) => (): void => {
  for (let i = 0; i < TIMES; i += 1) run();
};

function open({ workspace }: BenchContext): OpenBench {
  const root = join(workspace, 'cli_manifests/codex');
  const seen = readFileSync(join(root, `snapshots/0.169.0/${REQUIRED}.json`), 'utf8');
  const texts = TARGETS.map((target) => seen.replaceAll(REQUIRED, target));
  const wrapper = readFileSync(join(root, 'wrapper_coverage.json'), 'utf8');
  const merged = (): { readonly union: Union; readonly text: string } => {
    const snapshots = readSnapshots(texts);
    const union = mergeUnion({ snapshots, expectedTargets: TARGETS, requiredTarget: REQUIRED, inputs: [] });
    return { union, text: serialize(UnionSchema, union) };
  };
  const unionText = merged().text;
  const reports = (union: Union): void => {
    const coverage = JSON.parse(wrapper) as WrapperCoverage;
    const rules = { requiredTarget: REQUIRED, systems: SYSTEMS };
    const made = reportTexts({ union, coverage, ...rules, digests: [], generatedAt: union.collected_at });
    if (made.size !== TARGETS.length + 2) throw new Error(`${made.size} reports were made`);
  };
  const parse = (inputs: readonly string[]) => () => {
    for (const text of inputs) JSON.parse(text);
  };
  const measured = (name: string, run: () => void, inputs: readonly string[]): Comparison => ({
    name: `${name} / parse`,
    about: `codex 0.169.0 on 4 targets from texts to texts, against JSON.parse of the ${inputs.length} inputs, processor time`,
    clock: processor,
    subject: again(run),
    floor: again(parse(inputs)),
  });
  return {
    comparisons: [
      { ...measured('union', () => void merged(), texts), limit: 3 },
      measured('six reports', () => reports(JSON.parse(unionText) as Union), [unionText, wrapper]),
      { ...measured('union and six reports', () => reports(merged().union), [...texts, unionText, wrapper]), limit: 3 },
    ],
  };
}

/** What deriving costs on top of reading what it is derived from. */
export const deriveBench: Bench = { name: 'derive', open };
