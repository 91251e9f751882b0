import type { CliparityError } from '@cliparity/model';

/** What `--json` prints for an error: the shape of every result, with the error’s own words beside its kind. */
export function errorDocument(error: Pick<CliparityError, 'code' | 'message' | 'where' | 'remedy'>): object {
  const { code, message, where, remedy } = error;
  return { schema_version: 1, kind: 'error', code, message, where, remedy };
}
