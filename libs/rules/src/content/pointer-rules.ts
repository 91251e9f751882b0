import { compareVersions, finding, type Finding } from '@cliparity/model';
import { textsAt } from '../engine/json-value.js';
import { bytesOf, entriesOf } from '../engine/root-view.js';
import { parseJson } from '../parity/parity-context.js';
import { readPointer, type PointerRead } from '../parity/pointer-file.js';
import type { RootFacts } from './root-facts.js';
import { strayHelp } from './tree-rules.js';

const STABLE = /^\d+\.\d+\.\d+$/;
const KINDS = ['latest_supported', 'latest_validated'] as const;

/**
 * The pointers of a root, their form, that they point at something, and that they agree: with each other, with `current.json` and with the
 * metadata they name. A root in which nothing was promoted has none of these files at all.
 */
export function pointerFindings(facts: RootFacts): readonly Finding[] {
  const { view, manifest } = facts;
  const { expected, required } = manifest.targets;
  const files = ['latest_validated.txt', 'min_supported.txt', 'current.json'];
  if (view.list('pointers').kind === 'absent' && files.every((path) => view.read(path).kind === 'absent')) return [];
  const found: Finding[] = [];
  const named: string[] = [];
  const read = (path: string, target?: string): string | undefined => {
    const pointer = readPointer(view.read(path), { stable: STABLE, allowNone: true });
    found.push(...formFindings(facts, path, { pointer, target }));
    const version = pointer.kind === 'version' ? pointer.version : undefined;
    if (version === undefined) return undefined;
    named.push(version);
    found.push(...danglingFindings(facts, path, { version, target }));
    return version;
  };
  const root = read('latest_validated.txt');
  // What a pointer names that cannot be read, nobody can compare.
  const isRootRead = found.every(({ location }) => location?.file !== `${facts.prefix}latest_validated.txt`);
  read('min_supported.txt');
  for (const target of expected)
    for (const kind of KINDS) {
      const path = `pointers/${kind}/${target}.txt`;
      const version = read(path, target);
      if (version !== undefined) found.push(...claimFindings(facts, { kind, target, version }));
    }
  const own = readPointer(view.read(`pointers/latest_validated/${required}.txt`), { stable: STABLE, allowNone: true });
  const ofRequired = own.kind === 'version' ? own.version : undefined;
  if (root !== ofRequired && found.length === 0) {
    const file = `${facts.prefix}latest_validated.txt`;
    const message = `${file} names ${root ?? 'none'}, the pointer of the required target ${required} ${ofRequired ?? 'none'}`;
    found.push(finding({ code: 'POINTER_LATEST_VALIDATED_MISMATCH', message, file, target: required }));
  }
  const newest = named.sort(compareVersions).at(-1) ?? 'VERSION';
  const current = root === undefined && !isRootRead ? [] : currentFindings(facts, root);
  return [...withHelp([...found, ...current], facts, newest), ...strayPointers(facts)];
}

/** What a promotion that was broken off leaves; promoting once more writes all of it. */
const HALF_PROMOTED: ReadonlySet<string> = new Set([
  'POINTER_MISSING_FILE',
  'POINTER_LATEST_VALIDATED_MISMATCH',
  'CURRENT_MISSING',
  'CURRENT_JSON_NOT_EQUAL_UNION',
]);

function withHelp(findings: readonly Finding[], { prefix }: RootFacts, version: string): readonly Finding[] {
  const cli = prefix.split('/').at(-2) ?? 'CLI';
  const help = `Run cliparity promote ${cli} ${version}: it writes every pointer and current.json.`;
  return findings.map((one) => (HALF_PROMOTED.has(one.code) ? { ...one, help } : one));
}

function formFindings(
  { prefix }: RootFacts,
  path: string,
  { pointer, target }: { readonly pointer: PointerRead; readonly target: string | undefined },
): Finding[] {
  const file = `${prefix}${path}`;
  const at = { file, target };
  if (pointer.kind === 'missing')
    return [finding({ code: 'POINTER_MISSING_FILE', message: `${file} does not exist`, ...at })];
  if (pointer.kind === 'format')
    return [finding({ code: 'POINTER_INVALID_FORMAT', message: `${file}: ${pointer.reason}`, ...at })];
  if (pointer.kind === 'value')
    return [
      finding({ code: 'POINTER_INVALID_VALUE', message: `${file}: "${pointer.reason}" is no stable version`, ...at }),
    ];
  if (pointer.kind === 'unreadable')
    return [finding({ code: 'POINTER_UNREADABLE', message: `${file} cannot be read (${pointer.reason})`, ...at })];
  return [];
}

function danglingFindings(
  { view, prefix }: RootFacts,
  path: string,
  { version, target }: { readonly version: string; readonly target: string | undefined },
): Finding[] {
  const file = `${prefix}${path}`;
  const metadata = `versions/${version}.json`;
  const snapshot = `snapshots/${version}/${target ?? 'union'}.json`;
  const wanted = [
    { code: 'POINTER_REFERENCES_MISSING_VERSION_METADATA', there: metadata },
    { code: 'POINTER_REFERENCES_MISSING_SNAPSHOT', there: snapshot },
  ];
  return wanted
    .filter(({ there }) => view.read(there).kind === 'absent')
    .map(({ code, there }) =>
      finding({ code, message: `${file} names ${version}, but ${prefix}${there} is not there`, file, target }),
    );
}

function claimFindings(
  { view, prefix, manifest }: RootFacts,
  {
    kind,
    target,
    version,
  }: { readonly kind: (typeof KINDS)[number]; readonly target: string; readonly version: string },
): Finding[] {
  const bytes = bytesOf(view, `versions/${version}.json`);
  const metadata = bytes === undefined ? undefined : parseJson(bytes);
  if (metadata === undefined) return [];
  const supported = textsAt(metadata.value, 'coverage', 'supported_targets').includes(target);
  const passed = textsAt(metadata.value, 'validation', 'passed_targets').includes(target);
  const coverageCounts = manifest.promotion?.mode === undefined || manifest.promotion.mode === 'linux_first_v1';
  const holds = kind === 'latest_supported' ? supported : passed && (supported || !coverageCounts);
  if (holds) return [];
  const file = `${prefix}pointers/${kind}/${target}.txt`;
  const message = `${file} names ${version}, which does not count ${target} as ${kind.slice('latest_'.length)}`;
  return [finding({ code: 'POINTER_INCONSISTENT_WITH_VERSION_METADATA', message, file, target })];
}

function currentFindings({ view, prefix }: RootFacts, version: string | undefined): Finding[] {
  const file = `${prefix}current.json`;
  const current = bytesOf(view, 'current.json');
  if (version === undefined)
    return current === undefined
      ? []
      : [
          finding({
            code: 'CURRENT_JSON_NOT_EQUAL_UNION',
            message: `${file} is there, but nothing is validated`,
            file,
          }),
        ];
  if (current === undefined) return [finding({ code: 'CURRENT_MISSING', message: `${file} is missing`, file })];
  const union = bytesOf(view, `snapshots/${version}/union.json`);
  if (union === undefined || Buffer.compare(union, current) === 0) return [];
  const of = `${prefix}snapshots/${version}/union.json`;
  const message = `${file} differs from ${of}`;
  return [finding({ code: 'CURRENT_JSON_NOT_EQUAL_UNION', message, file, details: { union: of } })];
}

/** Pointers of targets that nobody expects: nothing ever moves them. */
function strayPointers({ view, prefix, manifest }: RootFacts): Finding[] {
  return KINDS.flatMap((kind) =>
    entriesOf(view, `pointers/${kind}`)
      .filter(({ name }) => !manifest.targets.expected.includes(name.replace(/\.txt$/, '')) || !name.endsWith('.txt'))
      .map(({ name }) => {
        const file = `${prefix}pointers/${kind}/${name}`;
        const message = `${file} belongs to no expected target`;
        return finding({ code: 'FILE_UNEXPECTED', message, file, help: strayHelp(name) });
      }),
  );
}
