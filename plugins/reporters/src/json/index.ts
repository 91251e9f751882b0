import type { Result } from '@cliparity/model';
import type { Reporter } from '@cliparity/plugin-api';

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The machine's answer: `{schema_version, kind, …data}` on one document. The keys of `data` stand beside the two, and where `data` has one of
 * them itself (a coverage report has its own schema_version) its own wins; data that is no object stands under `data`.
 */
function document({ schema_version, kind, data }: Result): object {
  return { schema_version, kind, ...(isObject(data) ? data : { data }) };
}

/** JSON leaves these as they are, and terminals obey them: DEL, C1 controls, marks of direction. Escaped, they read back the same. */
const DRIVES_TERMINAL = /[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const escaped = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

const json: Reporter = {
  id: 'json',
  revision: 1,
  accepts: 'all',
  render: (result) => [`${JSON.stringify(document(result), null, 2).replace(DRIVES_TERMINAL, escaped)}\n`],
};
export default json;
