import { missingUnitsOf, type MissingUnit } from '@cliparity/coverage';
import { readJson, readJsonIfThere, withRootLock, writeAtomic } from '@cliparity/manifest-store';
import {
  compareBytes,
  didYouMean,
  serialize,
  UnionSchema,
  UsageError,
  WaiversSchema,
  WrapperCoverageSchema,
  type Waivers,
  type Result,
} from '@cliparity/model';
import { today } from '../base/day-of.js';
import { systemsOf } from '../derive/report-version.js';
import { lockedVersionOf, openRootContext, type RootContext } from '../base/root-context.js';
import { validate } from '../validate/validate.js';
import type { Workbench } from '../base/workbench.js';

export interface WaiveRequest {
  readonly cli: string;
  /** `flag:exec/--json`, the same in words (`exec --json`), or the fingerprint of a finding. */
  readonly units: readonly string[];
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it holds, YYYY-MM-DD. */
  readonly until: string;
  /** The version in which a unit must be missing. */
  readonly version: string;
}

const PRINT = /^[0-9a-f]{16}$/;

async function missingIn(root: RootContext, version: string): Promise<readonly MissingUnit[]> {
  const union = root.ref(root.layout.union(version));
  const wrapper = root.ref(root.layout.wrapperCoverage);
  return missingUnitsOf({
    union: await readJson(union.path, UnionSchema, {
      name: union.name,
      remedy: `Run cliparity union ${root.name} ${version}.`,
    }),
    coverage: await readJson(wrapper.path, WrapperCoverageSchema, { name: wrapper.name }),
    exclusions: root.manifest.exclusions,
    requiredTarget: root.manifest.targets.required,
    systems: await systemsOf(root),
  });
}

/** `flag:exec/--json` as people type it: `exec --json`. */
const inWords = (unit: string): string => {
  const [, kind, rest = ''] = /^(\w+):(.*)$/s.exec(unit) ?? [];
  return kind === 'command' ? rest : rest.replace(/^\//, '').replace(/\/(?=[^/]*$)/, ' ');
};

interface Subject {
  readonly fingerprint: string;
  readonly subject: string;
}

function unitCalled(word: string, missing: readonly MissingUnit[], version: string): Subject {
  const found = missing.find(({ unit }) => unit === word || inWords(unit) === word.trim().replace(/\s+/g, ' '));
  if (found !== undefined) return { fingerprint: found.fingerprint, subject: found.unit };
  const known = missing.flatMap(({ unit }) => [unit, inWords(unit)]);
  throw new UsageError('UNIT_NOT_MISSING', `${version} has no missing unit "${word}".${didYouMean(word, known)}`, {
    where: word,
    remedy: 'Only what a report misses can be waived; it names each unit, such as flag:exec/--json.',
  });
}

/** Findings that validate has today; a waiver of anything else would be unused from its first day. */
async function findingsCalled(bench: Workbench, cli: string, prints: readonly string[]): Promise<readonly Subject[]> {
  if (prints.length === 0) return [];
  const { findings } = await validate(bench, { cli });
  return prints.map((print) => {
    const found = findings.find(({ fingerprint }) => fingerprint === print);
    if (found !== undefined)
      return { fingerprint: print, subject: [found.code, found.location?.file].filter(Boolean).join(' ') };
    const known = findings.map(({ fingerprint }) => fingerprint);
    const message = `no finding of ${cli} has the fingerprint ${print}.${didYouMean(print, known)}`;
    throw new UsageError('FINDING_UNKNOWN', message, {
      where: print,
      remedy: `cliparity validate ${cli} --json prints the fingerprint of each finding.`,
    });
  });
}

function checkWords({ reason, owner, until, units }: WaiveRequest, day: string): void {
  const bad = (what: string, remedy: string): UsageError =>
    new UsageError('WAIVER_INCOMPLETE', `a waiver needs ${what}`, { where: 'coverage waive', remedy });
  if (units.length === 0)
    throw bad('a unit', 'Name one, such as flag:exec/--json; a report names those that are missing.');
  if (reason.trim() === '') throw bad('a reason', 'Say why: --reason "…"');
  if (owner.trim() === '') throw bad('an owner', 'Say who looks at it again: --owner NAME');
  if (until < day)
    throw bad('a day that is still to come', `Say until when it holds: --until YYYY-MM-DD, not before ${day}`);
}

/**
 * `coverage waive CLI UNIT…`: writes waivers into `waivers.json`, in byte order of their fingerprints; one that is there already is renewed.
 * Errors: WAIVER_INCOMPLETE, UNIT_NOT_MISSING, FINDING_UNKNOWN, those of reading the root’s files, ROOT_LOCKED, WRITE_FAILED.
 */
export async function waiveUnits(bench: Workbench, request: WaiveRequest): Promise<Result> {
  checkWords(request, today(bench.io));
  const root = await openRootContext(bench, request.cli);
  const prints = request.units.filter((word) => PRINT.test(word));
  const units = request.units.filter((word) => !PRINT.test(word));
  const version = units.length === 0 ? '' : await lockedVersionOf(root, request.version);
  const missing = units.length === 0 ? [] : await missingIn(root, version);
  const subjects = [
    ...(await findingsCalled(bench, request.cli, prints)),
    ...units.map((word) => unitCalled(word, missing, version)),
  ];
  const file = root.ref(root.layout.waivers);
  const { reason, owner, until } = request;
  await withRootLock(root, async () => {
    const held = (await readJsonIfThere(file.path, WaiversSchema, { name: file.name }))?.waivers ?? [];
    const all = new Map(held.map((waiver) => [waiver.fingerprint, waiver]));
    for (const one of subjects) all.set(one.fingerprint, { ...one, reason, owner, until });
    const waivers = [...all.values()].sort((a, b) => compareBytes(a.fingerprint, b.fingerprint));
    await writeAtomic(file.path, serialize(WaiversSchema, { schema_version: 1, waivers } satisfies Waivers));
  });
  return waivedResult(request, file.name, subjects);
}

function waivedResult({ cli, owner, until, reason }: WaiveRequest, file: string, subjects: readonly Subject[]): Result {
  return {
    kind: 'waived',
    schema_version: 1,
    data: { cli, file, waived: subjects, owner, until },
    view: {
      headline: `${String(subjects.length)} waived in ${file}, until ${until}`,
      tone: 'good',
      tables: [
        {
          columns: ['what', 'owner', 'until', 'reason'].map((title) => ({ title })),
          rows: subjects.map(({ subject }) => [subject, owner, until, reason]),
        },
      ],
      next: [`cliparity due ${cli}`],
    },
  };
}
