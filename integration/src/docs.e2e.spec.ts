import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { HOUSE, makeClone, type Clone } from './support/clone.js';

jest.setTimeout(180_000);

const README = join(HOUSE, 'README.md');
const START = '<!-- output:start -->';
const END = '<!-- output:end -->';
const runsHere = process.platform === 'linux' && process.arch === 'x64';
const onLinux = runsHere ? describe : describe.skip;

/** The lines of all `sh` blocks that call the command, comments cut off. */
function commandsIn(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
  const lines = blocks.flatMap((block) => block.split('\n')).map((line) => line.replace(/\s+#.*$/, '').trim());
  return lines.filter((line) => /\bnpx cliparity\b/.test(line));
}

onLinux('the documentation (skipped where the binary does not run)', () => {
  let clone: Clone;
  const shell = (line: string) =>
    clone.run('bash', ['-c', line.replaceAll('npx cliparity', `node apps/cli/bin/cliparity.mjs`)]);

  beforeAll(async () => {
    clone = await makeClone();
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

  it.each(commandsIn(readFileSync(README, 'utf8')))('runs as the README says: %s', async (line) => {
    const { exit, stderr } = await shell(line);
    expect({ exit, stderr: exit === 0 ? '' : stderr }).toEqual({ exit: 0, stderr: '' });
  });

  it.each([...readFileSync(README, 'utf8').matchAll(/\]\(([^)#:]+)\)/g)].map((match) => match[1] ?? ''))(
    'links to %s, which is there',
    (path) => {
      expect(existsSync(join(HOUSE, path))).toBe(true);
    },
  );
});
