import { FIELDS, type Fidelity, type Tally } from './fidelity.js';
import { KNOWN_CLIS } from './known-clis.js';
import { readSurface } from './known-surfaces.js';

/** One line of a table of fields. */
export interface FidelityRow {
  readonly source: string;
  readonly dialect: string;
  readonly columns: number;
  readonly fidelity: Fidelity;
}

const share = ({ right, all }: Tally): string => {
  if (all === 0) return '–';
  return right === all ? `${all}` : `${right}/${all}`;
};

const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const [first, ...others] = head;
  return [line([first ?? '', ...others]), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const fieldTable = (rows: readonly FidelityRow[]): string =>
  table(
    ['Pages by', 'Dialect', 'Columns', 'Pages', ...FIELDS, 'invented', 'unexplained'],
    rows.map(({ source, dialect, columns, fidelity }) => [
      source,
      dialect,
      columns,
      fidelity.pages,
      ...FIELDS.map((field) => share(fidelity.fields[field])),
      fidelity.invented,
      fidelity.unexplained,
    ]),
  );

interface CliCount {
  readonly pages: number;
  readonly commands: number;
  readonly flags: number;
  readonly args: number;
  readonly unexplained: number;
}

function countOf(name: string): CliCount {
  const pages = Object.values(readSurface(name)?.pages ?? {});
  const sum = (size: (page: (typeof pages)[number]) => number): number =>
    pages.reduce((total, page) => total + size(page), 0);
  return {
    pages: pages.length,
    commands: sum(({ commands = [] }) => commands.length),
    flags: sum(({ flags = {} }) => Object.keys(flags).length),
    args: sum(({ args = [] }) => args.length),
    unexplained: sum(({ unexplained = 0 }) => unexplained),
  };
}

function cliTable(): string {
  const counts = KNOWN_CLIS.map((cli) => ({ cli, count: countOf(cli.name) }));
  const total = (key: keyof CliCount): number => counts.reduce((sum, { count }) => sum + count[key], 0);
  const cells = (count: CliCount): number[] => [count.pages, count.commands, count.flags, count.args];
  const rows = counts.map(({ cli, count }) => {
    const { package: shipped = '', missed = [] } = readSurface(cli.name) ?? {};
    return [cli.name, `\`${shipped}\``, cli.framework, ...cells(count), count.unexplained, missed.join('; ') || '–'];
  });
  const all = [total('pages'), total('commands'), total('flags'), total('args'), total('unexplained')];
  return table(
    ['CLI', 'Package', 'Help by', 'Pages', 'Commands', 'Flags', 'Args', 'Unexplained', 'A person also reads'],
    [...rows, ['all', `${rows.length}`, '', ...all, '']],
  );
}

/** The text of `docs/accuracy.md`. */
export const accuracyPage = (real: readonly FidelityRow[], rendered: readonly FidelityRow[]): string =>
  `# Accuracy

How well help pages are read. Every figure below is written by \`integration/src/generic-accuracy.e2e.spec.ts\`, which fails when one changes;
\`UPDATE_ACCURACY=1\` writes them anew, and \`npm run format\` sets the tables.

A cell counts the units or fields that the page shows and the parser gives exactly as the truth has them; \`n/m\` says that only n of m are right.
\`–\` says that pages of this kind do not show the field. _Invented_ are flags that the program does not have.

## Pages printed by the real frameworks

Programs are made from seeded specifications whose descriptions are full of words that look like flags, headings and placeholders. The libraries
print the pages themselves; the specification is the truth.

${fieldTable(real)}

## Pages rendered by us

The same with renderers of our own, for frameworks that are no npm packages; every page of them is also read in the dialects’ property tests.

${fieldTable(rendered)}

## CLIs that nobody had in mind

Pages of published programs, read by the \`generic\` dialect and compared with surfaces that a person reviewed beside the page
(\`integration/surfaces\`). A second, independent scanner found no flag that the page does not print at the begin of a row, and no row with a flag
that is neither read nor listed as unexplained.

${cliTable()}
`;
