import type { Dialect } from '@cliparity/plugin-api';

/** `  --from, -f <dir> :: where to read` and `  copy :: copy files`: two blanks, names, two colons, a sentence. */
const FLAG = /^ {2}(--[a-z][a-z-]*)(?:, (-[a-z]))?(?: <([a-z-]+)>)? :: (\S.*)$/;
const COMMAND = /^ {2}([a-z][a-z-]*) :: (\S.*)$/;

function flagOf([, long = '', short, value, about = '']: RegExpExecArray) {
  return {
    key: long,
    long,
    ...(short !== undefined && { short }),
    takes_value: value !== undefined,
    ...(value !== undefined && { value_name: value }),
    about,
  };
}

const dialect: Dialect = {
  id: 'double-colon',
  revision: 1,
  detect: ({ text }) => {
    const rows = text.split('\n').filter((line) => line.startsWith('  '));
    return rows.length === 0 ? 0 : rows.filter((line) => line.includes(' :: ')).length / rows.length;
  },
  parse: ({ text }) => {
    const flags = new Map<string, ReturnType<typeof flagOf>>();
    const commands = new Map<string, { name: string; about: string }>();
    const unexplained: string[] = [];
    for (const line of text.split('\n')) {
      const flag = FLAG.exec(line);
      const [, name, about = ''] = COMMAND.exec(line) ?? [];
      if (flag !== null) flags.set(flag[1] ?? '', flagOf(flag));
      else if (name !== undefined) commands.set(name, { name, about });
      else if (line.startsWith('  ')) unexplained.push(line);
    }
    return { usage: [], commands: [...commands.values()], flags: [...flags.values()], args: [], unexplained };
  },
};
export default dialect;
