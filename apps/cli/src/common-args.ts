/** What most commands take: a root and one of its versions. */
export const CLI_VERSION = [
  ['<cli>', 'a root under the manifests folder'],
  ['<version>', 'a bare semantic version, newest (in the lock) or latest_validated'],
] as const;
