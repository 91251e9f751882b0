import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { COMMITTED_ON, HOUSE, makeClone, type Clone } from '../support/clone.js';

jest.setTimeout(180_000);

const README = join(HOUSE, 'README.md');
const PAGES = ['README.md', 'CONTRIBUTING.md', 'docs/runbook.md', 'docs/security.md'];
const START = '<!-- output:start -->';
const END = '<!-- output:end -->';
const runsHere = process.platform === 'linux' && process.arch === 'x64';
const onLinux = runsHere ? describe : describe.skip;

interface Example {
  readonly page: string;
  readonly line: string;
  /** Its comment says `(network)`: such a line is checked against the command's own words, not run. */
  readonly network: boolean;
}

/** The lines of all `sh` blocks of a page that call the command, comments cut off. */
function examplesOf(page: string): Example[] {
  const markdown = readFileSync(join(HOUSE, page), 'utf8');
  const blocks = [...markdown.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
  return blocks
    .flatMap((block) => block.split('\n'))
    .filter((line) => /\bnpx cliparity\b/.test(line))
    .map((line) => ({ page, line: line.replace(/\s+#.*$/, '').trim(), network: /#.*\(network\)/.test(line) }));
}

const EXAMPLES = PAGES.flatMap(examplesOf);

onLinux('the documentation (skipped where the binary does not run)', () => {
  let clone: Clone;
  /** As on the day the roots were made, and before any day to come: what falls due by the calendar is no mistake of a page. */
  const onThatDay = (line: string): string =>
    line
      .replace(/\bcliparity (?:validate|due)\b(?!.*--as-of)/, `$& --as-of ${COMMITTED_ON}`)
      .replace(/--until \d{4}-\d\d-\d\d/, '--until 2999-12-31');
  const shell = (line: string) =>
    clone.run('bash', ['-c', onThatDay(line).replaceAll('npx cliparity', `node apps/cli/bin/cliparity.mjs`)]);

  beforeAll(async () => {
    clone = await makeClone();
    // The wrapper that `verify` tests is fetched by the same task as the binaries.
    await mkdir(join(clone.path, 'dist'), { recursive: true });
    await symlink(join(HOUSE, 'dist/test-artifacts'), join(clone.path, 'dist/test-artifacts'));
  });
  afterAll(() => clone.remove());

  it('shows what npm start really prints', async () => {
    const script = (JSON.parse(readFileSync(join(HOUSE, 'package.json'), 'utf8')) as { scripts: { start: string } })
      .scripts.start;
    const { exit, stdout } = await shell(`npx ${script}`);
    expect(exit).toBe(0);
    const shown = `${START}\n\n\`\`\`text\n$ npm start\n${stdout.trimEnd()}\n\`\`\`\n\n${END}`;
    const readme = readFileSync(README, 'utf8');
    const made = readme.slice(0, readme.indexOf(START)) + shown + readme.slice(readme.indexOf(END) + END.length);
    if (process.env['UPDATE_README'] === '1') writeFileSync(README, made);
    expect(readFileSync(README, 'utf8')).toBe(made);
  });

  it.each(EXAMPLES.filter(({ network }) => !network))('runs as $page says: $line', async ({ line }) => {
    const { exit, stderr } = await shell(line);
    expect({ exit, stderr: exit === 0 ? '' : stderr }).toEqual({ exit: 0, stderr: '' });
  });

  it.each(EXAMPLES.filter(({ network }) => network))('knows the words that $page uses: $line', async ({ line }) => {
    const [, name = ''] = /npx cliparity ([a-z-]+)/.exec(line) ?? [];
    const { exit, stdout } = await shell(`npx cliparity ${name} --help`);
    expect(exit).toBe(0);
    const options = line.match(/ --[a-z-]+/g) ?? [];
    expect(options.filter((option) => !stdout.includes(option.trim()))).toEqual([]);
  });
});

describe('every page', () => {
  const links = [...PAGES, 'docs/formats.md', 'docs/older-roots.md', 'docs/decisions.md'].flatMap((page) =>
    [...readFileSync(join(HOUSE, page), 'utf8').matchAll(/\]\(([^)#:]+)\)/g)].map((match) => ({
      page,
      path: match[1] ?? '',
    })),
  );
  it.each(links)('$page links to $path, which is there', ({ page, path }) => {
    expect(existsSync(join(HOUSE, dirname(page), path))).toBe(true);
  });
});
