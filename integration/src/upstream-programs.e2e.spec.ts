import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { run } from './support/command.js';
import { crashingElf, foreignElf, windowsProgram } from './support/executables.js';
import { HOST_TARGET, PAGES } from './support/fake-upstream.js';
import { lockedBytes, lockedCli, SNAPSHOT } from './support/locked-program.js';
import { removePlaces, type Place } from './support/place.js';
import { expectRefusal, expectUntouched, lookAt, type Refusal } from './support/refusals.js';

jest.setTimeout(180_000);
afterAll(removePlaces);

const LOADER = 'fake: error while loading shared libraries: libmade-up.so.1: cannot open shared object file\n';
const GIGABYTE = { behaviour: { kind: 'bytes', count: 1_000_000_000 } } as const;
const HANG = { behaviour: { kind: 'hang' } } as const;
/** Long enough for all that is asked before the page that hangs, on a busy machine. */
const PATIENT = { timeout_ms: 4000 };

type Case = Pick<Refusal, 'what' | 'exit' | 'code' | 'names'> & { readonly make: () => Promise<Place> };

const REFUSED: readonly Case[] = [
  {
    what: 'is built for another machine',
    make: () => lockedBytes(foreignElf()),
    exit: 3,
    code: 'BINARY_WRONG_ARCHITECTURE',
    names: [process.arch === 'x64' ? 'aarch64' : 'x86_64'],
  },
  {
    what: 'is built for Windows',
    make: () => lockedBytes(windowsProgram()),
    exit: 3,
    code: 'BINARY_WRONG_ARCHITECTURE',
    names: ['windows'],
  },
  {
    what: 'is no program',
    make: () => lockedBytes(Buffer.from([0, 1, 2, 3, 0xff, 0xfe])),
    exit: 3,
    code: 'BINARY_COULD_NOT_RUN',
    names: ['is no program'],
  },
  { what: 'is empty', make: () => lockedBytes(''), exit: 3, code: 'BINARY_COULD_NOT_RUN', names: ['empty'] },
  {
    what: 'wants an interpreter nobody has',
    make: () => lockedBytes('#!/no/such/interpreter\n'),
    exit: 3,
    code: 'BINARY_COULD_NOT_RUN',
    names: ['--version'],
  },
  {
    what: 'lacks a library',
    make: () => lockedCli({ version: { stderr: LOADER, exit: 127 } }),
    exit: 3,
    code: 'BINARY_COULD_NOT_RUN',
    names: ['libmade-up.so.1', '127'],
  },
  {
    what: 'lacks a library only when asked for help',
    make: () => lockedCli({ pages: { '': { stderr: LOADER, exit: 127 } } }),
    exit: 3,
    code: 'BINARY_COULD_NOT_RUN',
    names: ['libmade-up.so.1', '--help'],
  },
  {
    what: 'crashes',
    make: () => lockedBytes(crashingElf()),
    exit: 3,
    code: 'BINARY_COULD_NOT_RUN',
    names: ['--version'],
  },
  {
    what: 'crashes when asked for help',
    make: () => lockedCli({ pages: { '': { stderr: 'Segmentation fault\n', exit: 139 } } }),
    exit: 3,
    code: 'HELP_FAILED',
    names: ['139', 'Segmentation fault'],
  },
  {
    what: 'is a text that a shell would run',
    make: () => lockedBytes('echo fake 1.0.0\n'),
    exit: 3,
    code: 'BINARY_COULD_NOT_RUN',
    names: ['program'],
  },
  {
    what: 'is of another version',
    make: () => lockedCli({ version: 'fake 2.0.0\n' }),
    exit: 1,
    code: 'VERSION_MISMATCH',
    names: ['2.0.0', '1.0.0'],
  },
  {
    what: 'is of a version that only begins alike',
    make: () => lockedCli({ version: 'fake 1.0.0-rc.1\n' }),
    exit: 1,
    code: 'VERSION_MISMATCH',
    names: ['1.0.0-rc.1', '1.0.0'],
  },
  {
    what: 'tells no version',
    make: () => lockedCli({ version: 'fake, the newest\n' }),
    exit: 1,
    code: 'VERSION_MISMATCH',
    names: ['1.0.0', 'crawl.version_argv'],
  },
  {
    what: 'knows no --version',
    make: () => lockedCli({ version: { stderr: 'what?\n', exit: 2 } }),
    exit: 3,
    code: 'VERSION_PROBE_FAILED',
    names: ['exit 2', 'crawl.version_argv'],
  },
  {
    what: 'hangs when asked for its version',
    make: () => lockedCli({ version: HANG }, { timeout_ms: 500 }),
    exit: 3,
    code: 'PAGE_TIMEOUT',
    names: ['--version', 'crawl.timeout_ms'],
  },
  {
    what: 'hangs when asked for help',
    make: () => lockedCli({ pages: { '': HANG } }, PATIENT),
    exit: 3,
    code: 'PAGE_TIMEOUT',
    names: ['--help'],
  },
  {
    what: 'hangs on one page',
    make: () => lockedCli({ pages: { run: HANG } }, PATIENT),
    exit: 3,
    code: 'PAGE_TIMEOUT',
    names: ['run --help', 'crawl.skip'],
  },
  {
    what: 'prints 1 GB as its version',
    make: () => lockedCli({ version: GIGABYTE }),
    exit: 3,
    code: 'PAGE_TOO_LARGE',
    names: ['--version'],
  },
  {
    what: 'prints 1 GB of help',
    make: () => lockedCli({ pages: { run: GIGABYTE } }),
    exit: 3,
    code: 'PAGE_TOO_LARGE',
    names: ['run --help', 'crawl.max_output_bytes'],
  },
  {
    what: 'prints nothing',
    make: () => lockedCli({ pages: { '': '' } }),
    exit: 3,
    code: 'HELP_EMPTY',
    names: ['stdout', 'crawl.help.root'],
  },
  {
    what: 'prints blanks',
    make: () => lockedCli({ pages: { '': ' \n\t\n' } }),
    exit: 3,
    code: 'HELP_EMPTY',
    names: ['stdout'],
  },
  {
    what: 'prints help elsewhere',
    make: () => lockedCli({ pages: { '': { stderr: PAGES[''] } } }),
    exit: 3,
    code: 'HELP_EMPTY',
    names: ['crawl.stream', 'stderr'],
  },
  {
    what: 'prints help and fails',
    make: () => lockedCli({ pages: { '': { stdout: PAGES[''], exit: 1 } } }),
    exit: 3,
    code: 'HELP_FAILED',
    names: ['1', 'crawl.accept_nonzero'],
  },
  {
    what: 'prints escapes where it fails',
    make: () =>
      lockedCli({ pages: { '': { stderr: '\u001b]0;pwned\u0007\u001b[2Jno\u0000 \u009b31mhelp\u0008\n', exit: 1 } } }),
    exit: 3,
    code: 'HELP_FAILED',
    names: ['help'],
  },
];

describe('an upstream’s program that', () => {
  it.each(REFUSED.map((one) => [one.what, one] as const))(
    '%s is refused, and no surface is written',
    async (_, one) => {
      const place = await one.make();
      const before = lookAt(place);
      expectRefusal(await run(place, [...SNAPSHOT, '--json']), one);
      await expectUntouched(place, before);
    },
  );

  it('lacks a library leaves no union and no report either', async () => {
    const place = await lockedCli({ version: { stderr: LOADER, exit: 127 } });
    const before = lookAt(place);
    expectRefusal(await run(place, ['report', 'fake', '1.0.0', '--chain', '--json']), {
      exit: 3,
      code: 'BINARY_COULD_NOT_RUN',
      names: ['libmade-up.so.1'],
    });
    await expectUntouched(place, before);
  });

  it('failed once is asked again: what was wrong with it is not remembered', async () => {
    const place = await lockedCli({ pages: { run: HANG } }, { timeout_ms: 500 });
    expect((await run(place, SNAPSHOT)).exit).toBe(3);
    expect((await run(place, SNAPSHOT)).exit).toBe(3);
    expect(existsSync(join(place.root, `snapshots/1.0.0/${HOST_TARGET}.json`))).toBe(false);
  });
});
