import { catalogueEntry, CODES, type CatalogueEntry } from '@cliparity/rules';
import { helpPageOf, pageStoreIn, crawlSettingsDigest } from '@cliparity/capture';
import { judgeCoverage } from '@cliparity/coverage';
import { readJson, workspaceLayout } from '@cliparity/manifest-store';
import {
  didYouMean,
  pathText,
  unitId,
  UnionSchema,
  UsageError,
  WrapperCoverageSchema,
  type Result,
  type Union,
  type UnionCommand,
  type UnitRef,
} from '@cliparity/model';
import { crawlSettingsOf } from '../derive/capture-version.js';
import { systemsOf } from '../derive/report-version.js';
import { openRootContext, lockedVersionOf, type RootContext } from '../base/root-context.js';
import type { Workbench } from '../base/workbench.js';

const CODE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
const EXITS = { finding: 1, usage: 2, 'could-not-run': 3, internal: 4, interrupted: 130 } as const;

function codeResult(entry: CatalogueEntry): Result {
  return {
    kind: 'explanation',
    schema_version: 1,
    data: entry,
    view: {
      headline: `${entry.code}: ${entry.meaning}`,
      lines: [
        `kind:    ${entry.kind} (exit ${EXITS[entry.kind]})${entry.severity === undefined ? '' : `, severity ${entry.severity}`}`,
        `why:     ${entry.why}`,
        `example: ${entry.example}`,
        `mend:    ${entry.mend}`,
      ],
    },
  };
}

/** `explain CODE` */
export function explainCode(code: string): Result {
  const entry = catalogueEntry(code);
  if (entry !== undefined) return codeResult(entry);
  throw new UsageError('CODE_UNKNOWN', `no finding or error has the code ${code}.${didYouMean(code, CODES)}`, {
    where: code,
    remedy: 'Codes are printed with every finding and error.',
  });
}

export const looksLikeCode = (word: string): boolean => CODE.test(word);

/** A unit as findings and reports name it (`flag:exec/--json`), as the words that are typed. */
function wordsOf(union: Union, typed: readonly string[]): readonly string[] {
  const [id] = typed;
  if (typed.length !== 1 || !/^(?:command|flag|arg):/.test(id ?? '')) return typed;
  const units = union.commands.flatMap(({ path, flags = [], args = [] }): UnitRef[] => [
    { unit: 'command', path },
    ...flags.map(({ key }) => ({ unit: 'flag' as const, path, key })),
    ...args.map(({ name }) => ({ unit: 'arg' as const, path, name })),
  ]);
  const found = units.find((unit) => unitId(unit) === id);
  return found === undefined ? typed : [...found.path, found.key ?? found.name].filter((word) => word !== undefined);
}

function unitOf(union: Union, words: readonly string[]): { command: UnionCommand; ref: UnitRef } {
  const last = words.at(-1) ?? '';
  const commandOf = (path: readonly string[]) => union.commands.find((c) => c.path.join(' ') === path.join(' '));
  const whole = commandOf(words);
  if (whole !== undefined) return { command: whole, ref: { unit: 'command', path: whole.path } };
  const command = commandOf(words.slice(0, -1));
  const flag = command?.flags?.find((f) => [f.key, f.short, ...(f.aliases ?? [])].includes(last));
  if (command !== undefined && flag !== undefined)
    return { command, ref: { unit: 'flag', path: command.path, key: flag.key } };
  const arg = command?.args?.find((a) => a.name === last);
  if (command !== undefined && arg !== undefined)
    return { command, ref: { unit: 'arg', path: command.path, name: arg.name } };
  const known = union.commands.flatMap((c) => [
    c.path.join(' '),
    ...[...(c.flags ?? []).map((f) => f.key), ...(c.args ?? []).map((a) => a.name)].map((name) =>
      [...c.path, name].join(' '),
    ),
  ]);
  const asked = words.join(' ');
  throw new UsageError('UNIT_UNKNOWN', `no unit "${asked}" was seen.${didYouMean(asked, known)}`, {
    where: asked,
    remedy:
      'Write the command’s words, then a flag with its dashes or an argument’s name; or a unit’s id, such as flag:exec/--json.',
  });
}

/** The line of a page that a unit stands on; the first that begins with its spelling, else the first that has it. */
function lineOf(text: string, spelling: string): { line: number; text: string } | undefined {
  const lines = text.split('\n');
  const word = new RegExp(`(^|[\\s,[<|])${spelling.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}($|[\\s,=\\]>|.[])`);
  const starts = lines.findIndex(
    (line) => /^\s/.test(line) && word.test(line.trimStart().slice(0, spelling.length + 12)),
  );
  const at = starts >= 0 ? starts : lines.findIndex((line) => word.test(line));
  return at < 0 ? undefined : { line: at + 1, text: (lines[at] as string).trim() };
}

interface Seen {
  readonly target: string;
  readonly page: string;
  readonly line?: number;
  readonly text?: string;
}

async function seenOn(
  root: RootContext,
  union: Union,
  unit: { ref: UnitRef; targets: readonly string[] },
): Promise<Seen[]> {
  const settings = crawlSettingsOf(root);
  const pages = pageStoreIn(workspaceLayout(root.workspace).pages);
  const seen = union.inputs.filter((input) => unit.targets.includes(input.target_triple));
  return Promise.all(
    seen.map(async ({ target_triple: target, binary }) => {
      const { stored } = await pages.read({
        binary_sha256: binary.sha256,
        settings_sha256: crawlSettingsDigest(settings),
      });
      // A command is listed on its parent’s page, a flag or argument on its own command’s.
      const path = unit.ref.unit === 'command' ? unit.ref.path.slice(0, -1) : unit.ref.path;
      const page = stored?.pages.find((p) => p.path.join(' ') === path.join(' ') && p.exit_code === 0);
      const spelling = unit.ref.key ?? unit.ref.name ?? unit.ref.path.at(-1) ?? '';
      const found = page === undefined ? undefined : lineOf(helpPageOf(page, settings.stream).text, spelling);
      return { target, page: pathText(path), ...found };
    }),
  );
}

/** `explain CLI UNIT…`: where a unit was seen, on which line of which page, and how the wrapper handles it. */
export async function explainUnit(
  bench: Workbench,
  cli: string,
  request: { words: readonly string[]; version: string },
): Promise<Result> {
  const root = await openRootContext(bench, cli);
  const version = await lockedVersionOf(root, request.version);
  const { name, path } = root.ref(root.layout.union(version));
  const union = await readJson(path, UnionSchema, { name, remedy: `cliparity union ${cli} ${version}` });
  const { command, ref } = unitOf(union, wordsOf(union, request.words));
  const unit =
    command.flags?.find((f) => f.key === ref.key) ?? command.args?.find((a) => a.name === ref.name) ?? command;
  const wrapperFile = root.ref(root.layout.wrapperCoverage);
  const coverage = await readJson(wrapperFile.path, WrapperCoverageSchema, { name: wrapperFile.name });
  const parts = {
    union,
    coverage,
    exclusions: root.manifest.exclusions,
    requiredTarget: root.manifest.targets.required,
    systems: await systemsOf(root),
  };
  const verdict = judgeCoverage(parts, { mode: 'any' }).find(
    (one) =>
      one.unit === ref.unit &&
      one.path.join(' ') === ref.path.join(' ') &&
      (ref.unit === 'command' || one.name === (ref.key ?? ref.name)),
  );
  const seen = await seenOn(root, union, { ref, targets: unit.available_on });
  const handled =
    verdict === undefined
      ? 'counted at the root command, which has the same flag'
      : [verdict.verdict, verdict.note].filter(Boolean).join(': ');
  const rows = seen.map((one) => [
    one.target,
    one.page,
    one.line === undefined ? 'page not in the page store' : String(one.line),
    one.text ?? '',
  ]);
  return {
    kind: 'explanation',
    schema_version: 1,
    data: { cli, version, unit: ref, facts: unit, coverage: handled, seen },
    view: {
      headline: `${[root.manifest.binary, ...ref.path, ref.key ?? ref.name].filter(Boolean).join(' ')}: ${handled}`,
      lines: [...('about' in unit && unit.about !== undefined ? [unit.about] : [])],
      tables: [
        {
          columns: [{ title: 'target' }, { title: 'page' }, { title: 'line', align: 'right' }, { title: 'text' }],
          rows,
        },
      ],
    },
  };
}
