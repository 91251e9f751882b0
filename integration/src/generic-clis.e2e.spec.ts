import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { HelpPage, PageSurface } from '@cliparity/model';
import { pagesOf } from './support/cli-pages.js';
import { dashLines } from './support/dash-oracle.js';
import { isInstalled, KNOWN_CLIS, startOf } from './support/known-clis.js';
import { readSurface, updateSurface } from './support/known-surfaces.js';
import { loadDialect } from './support/load-dialect.js';
import { factsOf } from './support/surface-facts.js';

// Programs that nobody had in mind while the dialects were written. `UPDATE_SURFACES=1` writes what the parser says
// today to integration/surfaces; a person then reads the pages beside it and sets `reviewed`.
jest.setTimeout(180_000);

const generic = await loadDialect('generic');
const clap = await loadDialect('clap');

/** Every spelling of a surface, as the page has to print it. */
const spellingsOf = ({ flags }: PageSurface): string[] =>
  flags.flatMap(({ long, short, aliases = [], negatable }) => {
    const main = long !== undefined && negatable === true ? `--[no-]${long.slice(2)}` : long;
    return [main, short, ...aliases].filter((spelling) => spelling !== undefined);
  });

/** What differs between the surface and the lines that begin with a dash. */
function differences(page: HelpPage, prose: readonly string[]): { invented: string[]; overlooked: string[] } {
  const surface = generic.parse(page);
  const lines = dashLines(page.text);
  const printed = new Set(lines.flatMap(({ words }) => words));
  const known = new Set([...spellingsOf(surface), ...prose]);
  const isOverlooked = ({ text, words }: { text: string; words: readonly string[] }): boolean =>
    !words.some((word) => known.has(word)) && !surface.unexplained.includes(text);
  return {
    invented: spellingsOf(surface).filter((spelling) => !printed.has(spelling)),
    overlooked: lines.filter(isOverlooked).map(({ text }) => text),
  };
}

for (const cli of KNOWN_CLIS) {
  const here = isInstalled(cli) ? describe : describe.skip;
  here(`generic on ${cli.name} (skipped where npm has no package for this machine)`, () => {
    let pages: readonly HelpPage[] = [];
    beforeAll(async () => {
      pages = await pagesOf(cli);
    });

    it('reads what a person read', () => {
      const surface = {
        package: `${cli.package}@${startOf(cli).version}`,
        pages: Object.fromEntries(pages.map((page) => [(page.path ?? []).join(' '), factsOf(generic.parse(page))])),
      };
      if (process.env['UPDATE_SURFACES'] === '1') updateSurface(cli.name, surface);
      const { package: shipped, pages: known, reviewed } = readSurface(cli.name) ?? {};
      expect({ package: shipped, pages: known }).toEqual(surface);
      expect(reviewed === true || process.env['UPDATE_SURFACES'] === '1').toBe(true);
    });

    it('invents no flag and overlooks none', () => {
      const prose = readSurface(cli.name)?.prose ?? [];
      for (const page of pages) {
        expect({ page: page.path, ...differences(page, prose) }).toEqual({
          page: page.path,
          invented: [],
          overlooked: [],
        });
      }
    });

    it(`${cli.framework === 'clap' ? 'is' : 'is not'} claimed by the clap dialect`, () => {
      for (const page of pages) expect(clap.detect(page) > 0).toBe(cli.framework === 'clap');
    });

    if (cli.framework !== 'clap') return;
    it('finds the commands and flags that the clap dialect finds', () => {
      for (const page of pages) {
        const [ours, theirs] = [factsOf(generic.parse(page)), factsOf(clap.parse(page))];
        expect([ours.commands, ours.flags]).toEqual([theirs.commands, theirs.flags]);
      }
    });
  });
}

describe('the list of CLIs', () => {
  it('has thirty at least, each with a surface', () => {
    expect(KNOWN_CLIS.length).toBeGreaterThanOrEqual(30);
    expect(KNOWN_CLIS.filter(({ name }) => readSurface(name) === undefined)).toEqual([]);
  });
});
