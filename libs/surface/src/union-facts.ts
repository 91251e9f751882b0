import type { Arg, Command, Flag } from '@cliparity/model';
import type { Facts, FactReaders, Scalar } from './conflicts.js';

/** What names, nests or only locates a unit is no fact about it; nor is what another field repeats. */
const NOT_FACTS = new Set([
  'path',
  'key',
  'name',
  'args',
  'flags',
  'sources',
  'help_sha256',
  'unexplained',
  'platforms',
]);

function factsOf(unit: object): Facts {
  const facts: Record<string, Scalar> = {};
  for (const [field, value] of Object.entries(unit)) {
    if (NOT_FACTS.has(field) || value === undefined) continue;
    if (field === 'choice_about')
      for (const [choice, text] of Object.entries(value as Record<string, string>))
        facts[`choice_about.${choice}`] = text;
    else facts[field] = value as Scalar;
  }
  return facts;
}

/** Every field of version 3 that states something about a unit; what a page says about single choices is one field per choice. */
export const FACTS: FactReaders<Command, Flag, Arg> = { command: factsOf, flag: factsOf, arg: factsOf };
