import type { Union, UnionCommand, UnionFlag } from '@cliparity/model';
import { LINUX, unionOf } from '../parts.fixture.js';

type FlagDraft = Partial<UnionFlag> & { readonly key: string };

const command = (path: string[], flags: readonly FlagDraft[], rest: Partial<UnionCommand> = {}): UnionCommand => ({
  path,
  available_on: [LINUX],
  flags: flags.map((flag) => ({ long: flag.key, takes_value: false, available_on: [LINUX], ...flag })),
  ...rest,
});
const arg = (name: string, variadic = false) => ({ name, required: false, variadic, available_on: [LINUX] });
const value = { takes_value: true, value_arity: 'required', value_name: 'V' } as const;
const config: FlagDraft = { key: '--config', short: '-c', ...value };

/** The surface of an invented program `tool` with the usual kinds of flags and arguments. */
export const OBSERVED_UNION: Union = {
  ...unionOf([{ path: [] }], [LINUX]),
  commands: [
    command([], [config, { key: '--help', short: '-h' }, { key: '--resume', ...value, value_arity: 'optional' }]),
    command(
      ['exec'],
      [
        config,
        { key: '--json' },
        { key: '--color', negatable: true },
        { key: '--image', short: '-i', ...value, variadic: true },
        { key: '-q', long: '-q', short: '-q' },
        { key: '-v', long: '-v', short: '-v' },
        { key: '--out', short: '-o', aliases: ['--output'], ...value },
      ],
      { args: [arg('PROMPT')], usage: ['tool exec [OPTIONS] [PROMPT]'], aliases: ['e'] },
    ),
    command(['exec', 'resume'], [config, { key: '--last' }], {
      args: [arg('PROMPT'), arg('SESSION_ID')],
      usage: ['tool exec resume [OPTIONS] [SESSION_ID] [PROMPT]'],
    }),
    command(['mcp', 'add'], [{ key: '--url', ...value }], {
      args: [arg('COMMAND', true), arg('NAME')],
      usage: ['tool mcp add [OPTIONS] <NAME> (--url <URL> | -- <COMMAND>...)'],
    }),
    command(['mcp'], []),
  ],
};
