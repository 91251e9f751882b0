import type { CommandRow, HelpPage } from '@cliparity/model';

/** For tests: the rows below `Commands:`, one per line as `  name  about`. */
export function simpleRows(page: HelpPage): readonly CommandRow[] {
  const below = page.text.split('\nCommands:\n')[1]?.split('\n\n', 1)[0] ?? '';
  return below.split('\n').flatMap((line) => {
    const [, name, about] = /^ {2}(\S+)(?: {2,}(\S.*))?$/.exec(line) ?? [];
    return name === undefined ? [] : [{ name, ...(about !== undefined && { about }) }];
  });
}
