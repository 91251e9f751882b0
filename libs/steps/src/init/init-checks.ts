import { UsageError } from '@cliparity/model';
import type { InitRequest, InitSource } from './init-answers.js';

/** What each option says about where the program is released. */
const BELONGS = {
  package: 'npm',
  network: 'npm',
  repository: 'github-releases',
  asset: 'github-releases',
  path: 'local',
} as const satisfies Partial<Record<keyof InitRequest, InitSource>>;

const isSaid = (value: unknown): boolean => value !== undefined && value !== false;

function contradiction(message: string, options: readonly string[]): UsageError {
  return new UsageError('INIT_OPTIONS_CONTRADICT', message, {
    where: options.join(', '),
    remedy: `Leave out ${options.join(' or ')}.`,
  });
}

/**
 * Options must not speak of two upstreams, nor of CI files that nobody asked for. Pure.
 * @throws UsageError INIT_OPTIONS_CONTRADICT
 */
export function mustAgree(request: InitRequest): void {
  const { source, ci, activate } = request;
  const said = Object.entries(BELONGS)
    .filter(([name]) => isSaid(request[name as keyof typeof BELONGS]))
    .map(([name, of]) => [`--${name}`, of as string] as const);
  const all = [...(source === undefined ? [] : [[`--source ${source}`, source] as const]), ...said];
  const [first, ...others] = all;
  const other = others.find(([, of]) => of !== first?.[1]);
  if (first !== undefined && other !== undefined) {
    throw contradiction(`${first[0]} is for ${first[1]}, ${other[0]} for ${other[1]}`, [first[0], other[0]]);
  }
  if (activate === true && ci === undefined) {
    throw contradiction('--activate says where CI files go, and without --ci there are none', ['--activate']);
  }
}

const PLAIN_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
/** What an answer must be like, in the words of the manifest and of the sources’ settings, and how that is said. */
const FORMS = {
  package: [/^(?:@[^\s/@]+\/)?[^\s/@]+$/, 'the name of an npm package'],
  repository: [/^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/, 'a repository, owner/name'],
  path: [/\S/, 'a folder'],
  binary: [PLAIN_NAME, 'the name of a program'],
  wrapper: [/\S/, 'the name of a wrapper'],
} as const satisfies Partial<Record<keyof InitRequest, readonly [RegExp, string]>>;

/**
 * Answers must be such that what is written can be opened again. Pure.
 * @throws UsageError INIT_ANSWER_INVALID
 */
export function mustBeUsable(request: InitRequest): void {
  for (const [name, [form, what]] of Object.entries(FORMS)) {
    const answer = request[name as keyof typeof FORMS];
    if (answer === undefined || form.test(answer)) continue;
    throw new UsageError('INIT_ANSWER_INVALID', `${JSON.stringify(answer)} cannot be ${what}`, {
      where: `--${name}`,
      remedy: `Correct --${name}.`,
    });
  }
}
