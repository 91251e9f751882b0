import type { Io } from '@cliparity/plugin-api';

/** A token and the variable it was found in. */
export interface Token {
  readonly variable: string;
  readonly value: string;
}

/** What may be said of a token: which kind it is. */
export function maskToken(value: string): string {
  return `${/^(?:gh[a-z]_|github_pat_)/.exec(value)?.[0] ?? ''}***`;
}

/**
 * The token to use: CLIPARITY_TOKEN, then the variable that the settings name, then GITHUB_TOKEN. It is registered as a secret.
 * @param named the variable that the settings name
 */
export function findToken(io: Io, named: string | undefined): Token | undefined {
  for (const variable of ['CLIPARITY_TOKEN', named, 'GITHUB_TOKEN']) {
    const value = variable === undefined ? undefined : io.env(variable)?.trim();
    if (variable !== undefined && value !== undefined && value !== '') return { variable, value: io.secret(value) };
  }
  return undefined;
}
