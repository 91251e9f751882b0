/** What most commands take: a root and one of its versions. */
export const CLI_VERSION = [
  ['<cli>', 'a root under the manifests folder'],
  ['<version>', 'a bare semantic version, or newest (in the lock)'],
] as const;
