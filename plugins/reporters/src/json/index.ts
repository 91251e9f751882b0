import { plainJson, type Result } from '@cliparity/model';
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

const json: Reporter = {
  id: 'json',
  revision: 1,
  accepts: 'all',
  render: (result) => [plainJson(document(result))],
};
export default json;
