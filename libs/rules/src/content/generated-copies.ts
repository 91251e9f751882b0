import { VersionMetadataSchema } from '@cliparity/lifecycle';
import {
  CoverageReportSchema,
  SnapshotSchema,
  UnionSchema,
  WrapperCoverageSchema,
  type Manifest,
  type OperatingSystem,
} from '@cliparity/model';
import type { CatalogueEntry } from '../catalogue-entry.js';
import { bytesOf } from '../engine/root-view.js';
import { finding, type Finding } from '@cliparity/model';
import type { DerivedFile } from './derived-file.js';
import type { RootFacts } from './root-facts.js';

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
const DRAFT = 'https://json-schema.org/draft/2020-12/schema';

/** The four files of a root that are copies for readers without cliparity: rules, both schemas, and the list of what validate finds. */
export function generatedCopies(
  manifest: Manifest,
  systems: Readonly<Record<string, OperatingSystem>>,
  catalogue: readonly CatalogueEntry[],
): readonly DerivedFile[] {
  const kinds = {
    Snapshot: SnapshotSchema,
    Union: UnionSchema,
    WrapperCoverage: WrapperCoverageSchema,
    CoverageReport: CoverageReportSchema,
  };
  const refs = Object.keys(kinds).map((name) => ({ $ref: `#/$defs/${name}` }));
  return [
    { path: 'RULES.json', text: json(rulesOf(manifest, systems)) },
    {
      path: 'SCHEMA.json',
      text: json({ $schema: DRAFT, title: `Files of ${manifest.tool}`, oneOf: refs, $defs: kinds }),
    },
    { path: 'VERSION_METADATA_SCHEMA.json', text: json({ $schema: DRAFT, ...VersionMetadataSchema }) },
    { path: 'VALIDATOR_SPEC.md', text: specText(catalogue) },
  ];
}

function rulesOf(
  { tool, targets, exclusions = [], promotion }: Manifest,
  systems: Readonly<Record<string, OperatingSystem>>,
): object {
  return {
    rules_schema_version: 2,
    generated_from: 'cliparity.json',
    tool,
    union: {
      required_target: targets.required,
      expected_targets: targets.expected,
      platform_mapping: Object.fromEntries(targets.expected.map((target) => [target, systems[target] ?? 'any'])),
    },
    parity_exclusions: { schema_version: 1, units: exclusions },
    promotion: { mode: promotion?.mode ?? 'linux_first_v1' },
  };
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

/** `VALIDATOR_SPEC.md`: what validate finds, out of the catalogue. */
export function specText(catalogue: readonly CatalogueEntry[]): string {
  const rows = catalogue
    .filter(({ kind }) => kind === 'finding')
    .map(
      ({ code, severity, meaning, mend }) =>
        `| \`${code}\` | ${severity ?? 'error'} | ${cell(meaning)} | ${cell(mend)} |\n`,
    );
  const head =
    '# What validate finds\n\nGenerated from the catalogue of cliparity; do not edit. `cliparity explain CODE` says more.\n\n';
  return `${head}| code | severity | meaning | mend |\n|---|---|---|---|\n${rows.join('')}`;
}

/** Copies that are there and differ from what they are copies of; a root need not have them. */
export function copyFindings({ view, prefix }: RootFacts, copies: readonly DerivedFile[]): readonly Finding[] {
  return copies.flatMap(({ path, text }) => {
    const bytes = bytesOf(view, path);
    if (bytes === undefined || Buffer.compare(bytes, Buffer.from(text)) === 0) return [];
    const file = `${prefix}${path}`;
    const message = `${file} differs from what it is a copy of`;
    return [
      finding({
        code: 'GENERATED_COPY_DIFFERS',
        message,
        file,
        help: `Have it written again: cliparity validate ${prefix.split('/').at(-2) ?? ''} --fix`,
      }),
    ];
  });
}
