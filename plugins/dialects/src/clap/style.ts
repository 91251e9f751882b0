import { effects, note, type Style } from '@cliparity/help-text';

/** Clap's layout as data: its headings and the remarks it prints behind descriptions. Source: clap's help template. */
export const clapStyle: Style = {
  headings: [
    [/^usage$/, 'usage'],
    [/^(?:.* )?(?:options|flags)$/, 'flags'],
    [/^(?:.* )?(?:commands|subcommands)$/, 'commands'],
    [/^(?:arguments|args)$/, 'args'],
    [/^(?:examples?|notes?|environment(?: variables)?|exit (?:codes?|status)|see also|learn more|tips?)\b/, 'other'],
  ],
  notes: [
    note('[', 'possible values: ', effects.choices),
    note('[', 'default: ', effects.default),
    note('[', 'env: ', effects.env),
    note('[', 'aliases: ', effects.aliases),
    note('[', 'alias: ', effects.aliases),
    note('[', 'short aliases: ', effects.aliases),
    note('[', 'short alias: ', effects.aliases),
  ],
  freeRows: false,
  proseBeforeUsage: true,
  loose: false,
};
