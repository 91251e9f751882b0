/** Keys of a GitLab CI file, from the provider’s reference of the YAML syntax; no schema of it comes with any package, so this is our own list. */
export const GITLAB_GLOBAL_KEYS = ['stages', 'variables', 'workflow', 'default', 'include'];
export const GITLAB_JOB_KEYS = [
  'after_script',
  'allow_failure',
  'artifacts',
  'before_script',
  'cache',
  'coverage',
  'dependencies',
  'environment',
  'extends',
  'id_tokens',
  'image',
  'inherit',
  'interruptible',
  'needs',
  'parallel',
  'release',
  'resource_group',
  'retry',
  'rules',
  'script',
  'secrets',
  'services',
  'stage',
  'tags',
  'timeout',
  'trigger',
  'variables',
  'when',
];
export const GITLAB_RULE_KEYS = [
  'if',
  'changes',
  'exists',
  'allow_failure',
  'needs',
  'variables',
  'when',
  'interruptible',
];
export const GITLAB_ARTIFACT_KEYS = [
  'paths',
  'exclude',
  'expire_in',
  'expose_as',
  'name',
  'public',
  'access',
  'reports',
  'untracked',
  'when',
];

type Job = Readonly<Record<string, unknown>>;
const isRecord = (value: unknown): value is Job => value !== null && typeof value === 'object' && !Array.isArray(value);
const unknownKeys = (where: string, value: unknown, known: readonly string[]): string[] =>
  isRecord(value)
    ? Object.keys(value)
        .filter((key) => !known.includes(key))
        .map((key) => `${where}: unknown key ${key}`)
    : [`${where}: is no mapping`];
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function jobProblems(name: string, job: Job, all: Job): string[] {
  const stages = listOf(all['stages']);
  const script = listOf(job['script']);
  const needs = listOf(job['needs']).map((need) => (isRecord(need) ? need['job'] : need));
  return [
    ...unknownKeys(name, job, GITLAB_JOB_KEYS),
    ...listOf(job['rules']).flatMap((rule) => unknownKeys(`${name}.rules`, rule, GITLAB_RULE_KEYS)),
    ...(job['artifacts'] === undefined ? [] : unknownKeys(`${name}.artifacts`, job['artifacts'], GITLAB_ARTIFACT_KEYS)),
    ...(name.startsWith('.') || script.length > 0 ? [] : [`${name}: has no script`]),
    ...script.filter((line) => typeof line !== 'string').map((line) => `${name}: script holds ${JSON.stringify(line)}`),
    ...(job['stage'] === undefined || stages.includes(job['stage'])
      ? []
      : [`${name}: unknown stage ${String(job['stage'])}`]),
    ...needs.filter((need) => !(String(need) in all)).map((need) => `${name}: needs unknown ${String(need)}`),
    ...(job['extends'] === undefined || String(job['extends']) in all
      ? []
      : [`${name}: extends unknown ${String(job['extends'])}`]),
  ];
}

/** What is wrong with the structure of a GitLab CI document; empty when nothing is. */
export function gitlabProblems(document: unknown): readonly string[] {
  if (!isRecord(document)) return ['the document is no mapping'];
  return Object.entries(document).flatMap(([name, value]) => {
    if (GITLAB_GLOBAL_KEYS.includes(name)) return [];
    return isRecord(value) ? jobProblems(name, value, document) : [`${name}: is no job`];
  });
}
