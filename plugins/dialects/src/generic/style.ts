import { effects, mark, note, type Style } from '@cliparity/help-text';

/** Headings above text that lists nothing of the surface, whatever its lines look like. */
const PROSE =
  /^(?:examples?|notes?|environment|env vars|see also|learn more|description|details|exit (?:codes?|status)|aliases|(?:additional )?help topics|json fields|name|version|authors?|files|bugs|reporting bugs|documentation|getting started|quick ?start|tips?|copyright|homepage|support|feedback|caveats)\b/;

/** What GNU, argparse, click, cobra, commander, yargs, oclif, docopt, Go's flag and busybox have in common. */
export const genericStyle: Style = {
  headings: [
    [/^usage of\b/, 'flags'],
    [/^(?:usage|synopsis)\b/, 'usage'],
    [PROSE, 'other'],
    [/^(?:optional arguments|options|flags|switches)\b/, 'flags'],
    [/^(?:positional arguments|positionals|arguments|args|operands)\b/, 'args'],
    [/^(?:sub-?commands?|commands|topics)\b/, 'commands'],
    [/\b(?:options|flags|switches)$|\b(?:options|flags) \(/, 'flags'],
    [/\b(?:commands|subcommands|topics)\b/, 'commands'],
    [/\b(?:arguments|positionals)$/, 'args'],
  ],
  notes: [
    note('(', 'default: ', effects.default),
    note('(', 'default ', effects.default),
    note('(', 'default=', effects.default),
    note('[', 'default: ', effects.default),
    note('[', 'default=', effects.default),
    note('(', 'preset: ', effects.nothing),
    note('(', 'choices: ', effects.choices),
    note('[', 'choices: ', effects.choices),
    note('[', 'possible values: ', effects.choices),
    note('(', 'possible values: ', effects.choices),
    note('<', 'options: ', effects.alternatives),
    note('(', 'options: ', effects.alternatives),
    note('(', 'env: ', effects.env),
    note('[', 'env: ', effects.env),
    note('[', 'env var: ', effects.env),
    note('[', '$', effects.env),
    note('[', 'aliases: ', effects.aliases),
    note('(', 'aliases: ', effects.aliases),
    note('[', 'alias: ', effects.aliases),
    note('(', 'alias: ', effects.aliases),
    mark('[', 'required', effects.required),
    mark('(', 'required', effects.required),
    mark('[', 'deprecated', effects.deprecated),
    mark('(', 'deprecated', effects.deprecated),
    note('[', 'deprecated: ', effects.deprecated),
    mark('[', 'string', effects.value),
    mark('[', 'number', effects.value),
    mark('[', 'array', effects.values),
    mark('[', 'count', effects.count),
    mark('[', 'boolean', effects.switch),
    mark('[', 'default', effects.defaultCommand),
  ],
  noteSeparator: /; |, (?=(?:choices|default|preset|env): )/,
  looseDefault:
    /\(default(?:: |=| (?="))"?([^\s()"]+)"?\)|\[default: "?([^\]"]+)"?\]|\(defaults to ["'`]?([^\s()"'`]+)["'`]?\)|(?:^|[.,;] )default: ["']?([^\s()"']+?)["']?\.?$/i,
  freeRows: true,
  proseBeforeUsage: false,
  loose: true,
};
