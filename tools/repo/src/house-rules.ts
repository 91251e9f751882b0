import type { HouseFile } from './house-tree.js';

/** A rule of the house over one file: what it breaks, as ends of sentences; none when it is in order. */
export interface HouseRule {
  readonly id: string;
  readonly problems: (file: HouseFile) => readonly string[];
}

const isScript = (path: string): boolean => /\.(?:ts|mts|js|mjs|cjs)$/.test(path);
const isTest = (path: string): boolean => /\.spec\.ts$/.test(path);

function matches(text: string, pattern: RegExp): readonly string[] {
  return [...new Set([...text.matchAll(pattern)].map(([found]) => found))];
}

/** Example domains are nobody's (RFC 2606). */
const REGISTRY_HOST = /\bregistry\.(?!example\b)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|dev|cn)\b/gi;

/** Which registry npm uses is the user's business; a name in a file would send bytes, or questions, to another. */
export const noRegistryHost: HouseRule = {
  id: 'no-registry-host',
  problems: ({ text }) => matches(text, REGISTRY_HOST).map((host) => `names the registry ${host}`),
};

/** `it.skip` may be chosen where a machine lacks something: such a test is counted as skipped. Calling it outright leaves the test out everywhere. */
const LEFT_OUT = /\b(?:it|test|describe)\.(?:only\b|(?:skip|todo)(?:\.each)?\()|\bx(?:it|describe)\(/g;

/** Lint and the type checker are answered, not silenced; a test runs or is deleted. */
export const noSilencer: HouseRule = {
  id: 'no-silencer',
  problems: ({ path, text }) => {
    if (!isScript(path)) return [];
    const silenced = matches(text, /^.*(?:\/\/|\/\*)\s*(?:eslint-disable|@ts-(?:ignore|nocheck|expect-error)).*$/gm);
    const left = isTest(path) ? matches(text, LEFT_OUT) : [];
    return [...silenced, ...left].map((found) => `contains ${found.trim()}`);
  },
};

/** Names of files are kebab-case words; a plugin's folder is an id and may follow the upstream's spelling. */
export const kebabNames: HouseRule = {
  id: 'kebab-names',
  problems: ({ path }) => {
    const name = path.split('/').at(-1) ?? '';
    if (!isScript(path) || path.includes('/cases/') || path.startsWith('integration/fixtures/')) return [];
    return /^[a-z0-9]+(?:[-.][a-z0-9]+)*$/.test(name) ? [] : ['is not named in kebab-case'];
  },
};

/** The container stays in the composition root. */
export const containerStaysHome: HouseRule = {
  id: 'container-stays-home',
  problems: ({ path, text }) =>
    isScript(path) && !path.startsWith('libs/kernel/')
      ? matches(text, /from '(?:tsyringe|reflect-metadata)'|import '(?:tsyringe|reflect-metadata)'/g).map(
          (found) => `has ${found}`,
        )
      : [],
};

/** Nothing here may start on somebody's forge by being pushed; templates live under other names. */
export const noActiveWorkflow: HouseRule = {
  id: 'no-active-workflow',
  problems: ({ path }) =>
    /^(?:\.(?:github|gitea|forgejo)\/workflows\/|\.circleci\/|\.gitlab-ci\.ya?ml$|azure-pipelines\.ya?ml$|\.travis\.ya?ml$|Jenkinsfile$|bitbucket-pipelines\.yml$)/.test(
      path,
    )
      ? ['would run on a forge']
      : [],
};

/**
 * Folders of the machine that writes the files: a file that names one works there only.
 * @param folders absolute paths, such as the workspace and the home folder
 */
export function noPathOfThisMachine(folders: readonly string[]): HouseRule {
  const escaped = folders.map((folder) => folder.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`(?<![\\w./-])(?:${escaped.join('|')})(?![\\w.-])`, 'g');
  return {
    id: 'no-path-of-this-machine',
    problems: ({ text }) => (folders.length === 0 ? [] : matches(text, pattern).map((path) => `names ${path}`)),
  };
}

/** What the rules have against the files, one sentence each. */
export function houseProblems(rules: readonly HouseRule[], files: Iterable<HouseFile>): readonly string[] {
  const found: string[] = [];
  for (const file of files) {
    for (const rule of rules) {
      found.push(...rule.problems(file).map((problem) => `${file.path} ${problem} (${rule.id})`));
    }
  }
  return found;
}
