import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { HOST_TARGET } from './support/fake-upstream.js';
import { makeNewPlace } from './support/new-place.js';
import { removePlaces } from './support/place.js';
import { HAS_TERMINAL, runInTerminal, type Exchange } from './support/terminal.js';
import { filesBelow } from './support/traces.js';

jest.setTimeout(180_000);
afterAll(removePlaces);

const ENTER = '\r';
const CTRL_C = '\u0003';
const SAID = ['init', '--path', '../upstream', '--required', HOST_TARGET];
const QUESTIONS: readonly Exchange[] = [
  ['What do users type', `\u0015fake${ENTER}`],
  ['What shall its root be called', ENTER],
  ['What is your wrapper called', `-of-mine${ENTER}`],
  ['How does it print its help', ENTER],
  ['Write CI files', ENTER],
  ['Set up Nx', ENTER],
];
const inTerminal = HAS_TERMINAL ? describe : describe.skip;

inTerminal('the wizard (skipped where `script` gives no terminal)', () => {
  it('asks what was not said, shows what it would write, and writes it after a yes', async () => {
    const place = await makeNewPlace();
    const ran = await runInTerminal(place, SAID, [...QUESTIONS, ['Write these files', ENTER]]);
    expect(ran).toMatchObject({ exit: 0, unasked: [] });
    expect(ran.screen).toContain('5 files would be written');
    expect(ran.screen).toContain('5 files written');
    expect(JSON.parse(readFileSync(join(place.root, 'cliparity.json'), 'utf8'))).toMatchObject({
      binary: 'fake',
      targets: { expected: [HOST_TARGET] },
      wrapper: { name: 'fake-wrapper-of-mine' },
    });
  });

  it('asks nothing with --yes', async () => {
    const place = await makeNewPlace();
    const ran = await runInTerminal(place, [...SAID, '--yes', 'fake'], []);
    expect(ran.exit).toBe(0);
    expect(ran.screen).not.toContain('?');
  });

  it('writes nothing when the person has enough, and asks before it replaces a file', async () => {
    const place = await makeNewPlace();
    const ran = await runInTerminal(place, SAID, [['What do users type', CTRL_C]]);
    expect(ran).toMatchObject({ exit: 130, unasked: [] });
    expect(filesBelow(place.workspace)).toEqual([]);
    expect((await runInTerminal(place, [...SAID, '--yes', 'fake'], [])).exit).toBe(0);
    const before = readFileSync(join(place.root, 'cliparity.json'), 'utf8');
    const other = [...SAID, '--dialect', 'clap', '--wrapper', 'x', '--binary', 'fake', 'fake'];
    const asked = await runInTerminal(place, other, [
      ...QUESTIONS.slice(-2),
      ['Replace cli_manifests/fake/cliparity.json', ENTER],
    ]);
    expect(asked).toMatchObject({ exit: 130, unasked: [] });
    expect(readFileSync(join(place.root, 'cliparity.json'), 'utf8')).toBe(before);
    const yes = [...QUESTIONS.slice(-2), ['Replace cli_manifests/fake/cliparity.json', 'y']] as const;
    expect(await runInTerminal(place, other, yes)).toMatchObject({ exit: 0, unasked: [] });
    expect(readFileSync(join(place.root, 'cliparity.json'), 'utf8')).toContain('"clap"');
  });
});
