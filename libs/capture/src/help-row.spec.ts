import { describe, expect, it } from '@jest/globals';
import { isHelpRow } from './help-row.js';

describe('isHelpRow', () => {
  it.each([
    undefined,
    '',
    'Print this message or the help of the given subcommand(s)',
    'Prints this message or the help of the given subcommand(s)',
    'display help for command',
    'Help about any command',
    'Shows a list of commands or help for one command',
    'Display help for tool.',
    'Show help',
    'help',
  ])('takes %j for a framework’s', (about) => {
    expect(isHelpRow({ name: 'help', ...(about !== undefined && { about }) })).toBe(true);
  });
  it.each(['Search the help pages of the project', 'Open a ticket with the help desk', 'Manage help topics'])(
    'takes %j for the program’s own',
    (about) => {
      expect(isHelpRow({ name: 'help', about })).toBe(false);
    },
  );
  it('looks at the name first', () => {
    expect(isHelpRow({ name: 'helper', about: 'display help for command' })).toBe(false);
  });
});
