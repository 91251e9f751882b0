import { chmodSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { CLIPARITY_BIN } from './command.js';
import { put, type Place } from './place.js';

/** Programs of a CI machine, played: `npx` starts the command under test, the forge’s own programs only write down what they are told. */
export interface Machine {
  /** Runs a script as a CI runner does: every line must succeed. */
  run(script: string, env?: Readonly<Record<string, string>>): Promise<{ readonly exit: number; readonly all: string }>;
  /** File with what the forge was told, one call a line, its arguments between bars. */
  readonly told: string;
  /** Folder for files of the run, outside of the workspace. */
  readonly temp: string;
}

function program(place: Place, name: string, lines: readonly string[]): void {
  const path = join(place.base, 'bin', name);
  put(path, `#!/bin/sh\n${lines.join('\n')}\n`);
  chmodSync(path, 0o755);
}

/** A machine whose workspace is the place’s. */
export function makeMachine(place: Place): Machine {
  const told = join(place.base, 'told.txt');
  const temp = join(place.base, 'temp');
  const tell = (name: string): readonly string[] => [`{ printf '|%s' ${name} "$@"; echo; } >> '${told}'`];
  program(place, 'npx', [
    'while [ "$1" = --yes ]; do shift; done',
    'case "$1" in cliparity|cliparity@*) shift;; *) exit 9;; esac',
    `exec '${process.execPath}' '${CLIPARITY_BIN}' "$@"`,
  ]);
  for (const name of ['gh', 'curl']) program(place, name, tell(name));
  put(told, '');
  put(join(temp, '.keep'), '');
  return {
    told,
    temp,
    run: async (script, env = {}) => {
      const path = `${join(place.base, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`;
      const own = { PATH: path, HOME: place.home, CLIPARITY_STORE: place.store, RUNNER_TEMP: temp };
      const options = { cwd: place.workspace, env: { ...own, ...env }, all: true, reject: false } as const;
      const { exitCode = -1, all } = await execa('bash', ['-eo', 'pipefail', '-c', script], options);
      return { exit: exitCode, all };
    },
  };
}
