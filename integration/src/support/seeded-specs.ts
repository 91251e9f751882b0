/** A value of a flag. */
export interface SeededValue {
  readonly name: string;
  readonly optional: boolean;
  readonly many: boolean;
  readonly choices: readonly string[];
  readonly default?: string | undefined;
}
export interface SeededFlag {
  /** Without dashes, as `short` and `aliases`. */
  readonly long: string;
  readonly short?: string;
  readonly aliases: readonly string[];
  readonly about: string;
  readonly value?: SeededValue | undefined;
  readonly env?: string | undefined;
  readonly required: boolean;
  /** A heading of its own. */
  readonly group?: string | undefined;
}
export interface SeededArg {
  readonly name: string;
  readonly required: boolean;
  readonly many: boolean;
  readonly about: string;
}
/** An interface that a program made with a real framework offers. */
export interface SeededSpec {
  readonly about: string;
  readonly flags: readonly SeededFlag[];
  readonly args: readonly SeededArg[];
  readonly commands: readonly { readonly name: string; readonly aliases: readonly string[]; readonly about: string }[];
}

type Random = () => number;

/** Mulberry32: the same numbers for the same seed, on every machine. */
function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const WORDS =
  'amber birch cedar delta ember fjord grove heath inlet jetty knoll ledge marsh north ochre plume quarry ridge';
const NAMES = WORDS.split(' ');
/** Words that look like rows, headings and placeholders where a wrap puts them at the begin of a line. */
const TRAPS = ['-c', '--flag', '--no-x=1', '-', '--', '-x,', 'FILE', '<x>', '[y]', 'Options:', 'a:', '(z)'];

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const chance = (random: Random, share: number): boolean => random() < share;

function namesOf(random: Random, count: number): string[] {
  const names = new Set<string>();
  while (names.size < count) names.add(`${pick(random, NAMES)}${chance(random, 0.5) ? `-${pick(random, NAMES)}` : ''}`);
  return [...names];
}

function sentence(random: Random): string {
  const words = Array.from({ length: 2 + Math.floor(random() * 24) }, () =>
    chance(random, 0.2) ? pick(random, TRAPS) : pick(random, NAMES),
  );
  return `Set ${words.join(' ')} there`;
}

function valueOf(random: Random): SeededValue {
  const choices = chance(random, 0.3) ? namesOf(random, 2 + Math.floor(random() * 3)) : [];
  const many = chance(random, 0.25);
  const literal =
    many || !chance(random, 0.4) ? undefined : (choices[0] ?? pick(random, ['8080', './out', 'auto', '1.5']));
  const optional = chance(random, 0.2);
  return {
    name: pick(random, ['file', 'path', 'num', 'level']),
    optional,
    many,
    choices,
    ...(literal && { default: literal }),
  };
}

function flagOf(random: Random, long: string, short: string): SeededFlag {
  return {
    long,
    aliases: chance(random, 0.15) ? [`${long}-too`] : [],
    about: sentence(random),
    required: chance(random, 0.15),
    ...(chance(random, 0.5) && { short }),
    ...(chance(random, 0.6) && { value: valueOf(random) }),
    ...(chance(random, 0.2) && { env: `APP_${long.toUpperCase().replaceAll('-', '_')}` }),
    ...(chance(random, 0.25) && { group: pick(random, ['Output', 'Extra tuning']) }),
  };
}

function specOf(random: Random): SeededSpec {
  const flags = namesOf(random, 1 + Math.floor(random() * 8));
  const args = namesOf(random, Math.floor(random() * 3)).map((name) => `in${name.replaceAll('-', '')}`);
  const commands = namesOf(random, Math.floor(random() * 4));
  return {
    about: `About ${namesOf(random, 5).join(' ')}.`,
    flags: flags.map((name, at) => flagOf(random, name, String.fromCharCode(97 + at))),
    args: [...new Set(args)].map((name, at, all) => ({
      name,
      required: at === 0,
      many: at === all.length - 1 && chance(random, 0.5),
      about: sentence(random),
    })),
    commands: commands.map((name, at) => ({
      name,
      aliases: chance(random, 0.4) ? [`${name.slice(0, 2)}${at}`] : [],
      about: sentence(random),
    })),
  };
}

/** As many interfaces as asked, always the same for a seed. */
export function seededSpecs(seed: number, count: number): readonly SeededSpec[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, () => specOf(random));
}
