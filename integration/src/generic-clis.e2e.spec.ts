import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { HelpPage, PageSurface } from '@cliparity/model';
import type { Dialect } from '@cliparity/plugin-api';
import { dialectsPlugin } from '@cliparity/plugin-dialects';
import { pagesOf } from './support/cli-pages.js';
import { dashLines } from './support/dash-oracle.js';
import { isInstalled, KNOWN_CLIS, startOf } from './support/known-clis.js';
import { readSurface, updateSurface } from './support/known-surfaces.js';
import { factsOf } from './support/surface-facts.js';

jest.setTimeout(120_000);

const load = async (id: string): Promise<Dialect> =>
  (await dialectsPlugin.contributions.find((one) => one.id === id)?.load())?.default as Dialect;
const generic = await load('generic');
const clap = await load('clap');

const spellings = ({ flags }: PageSurface): string[] =>
  flags.flatMap(({ long, short, aliases = [], negatable }) => [
    ...(long === undefined ? [] : [long, ...(negatable === true ? [`--[no-]${long.slice(2)}`] : [])]),
    ...(short === undefined ? [] : [short]),
    ...aliases,
  ]);

for (const cli of KNOWN_CLIS) {
  const here = isInstalled(cli) ? describe : describe.skip;
  here(`generic on ${cli.name} (skipped where npm has no package for this machine)`, () => {
    let pages: readonly HelpPage[] = [];
    const known = readSurface(cli.name);
    beforeAll(async () => {
      pages = await pagesOf(cli);
    });

    it('reads what a person reads', () => {
      const { version } = startOf(cli);
      const surface = {
        package: `${cli.package}@${version}`,
        pages: Object.fromEntries(pages.map((page) => [(page.path ?? []).join(' '), factsOf(generic.parse(page))])),
      };
      if (process.env['UPDATE_SURFACES'] === '1') updateSurface(cli.name, surface);
      else expect(known).toMatchObject({ ...surface, reviewed: true });
      expect(surface.pages).toEqual(readSurface(cli.name)?.pages);
    });

    it('invents no flag and overlooks none', () => {
      for (const page of pages) {
        const surface = generic.parse(page);
        const lines = dashLines(page.text);
        const printed = new Set(lines.flatMap(({ words }) => words));
        const read = new Set(spellings(surface));
        const invented = surface.flags.filter(
          ({ key }) => ![key, `--[no-]${key.slice(2)}`].some((word) => printed.has(word)),
        );
        expect({ page: page.path, invented: invented.map(({ key }) => key) }).toEqual({
          page: page.path,
          invented: [],
        });
        const prose = new Set(known?.prose);
        const overlooked = lines.filter(
          ({ text, words }) =>
            !words.some((word) => read.has(word) || prose.has(word)) && !surface.unexplained.includes(text),
        );
        expect({ page: page.path, overlooked }).toEqual({ page: page.path, overlooked: [] });
      }
    });

    if (cli.framework !== 'clap') return;
    it('reads what the clap dialect reads', () => {
      for (const page of pages) expect(factsOf(generic.parse(page))).toEqual(factsOf(clap.parse(page)));
    });
  });
}
