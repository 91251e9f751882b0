import type { Reporter } from '@cliparity/plugin-api';
import { findingsOf } from '../findings-of.js';
import { jsonLine } from '../json-line.js';

/** One JSON document per line: of findings a line each after a line about all of them, of anything else the whole result. */
const ndjson: Reporter = {
  id: 'ndjson',
  revision: 1,
  accepts: 'all',
  *render(result) {
    const { kind, schema_version, data } = result;
    if (kind !== 'findings') {
      yield jsonLine({ schema_version, kind, data });
      return;
    }
    const { subject, findings } = findingsOf(result);
    yield jsonLine({ schema_version, kind, subject, ok: findings.length === 0, count: findings.length });
    for (const finding of findings) yield jsonLine({ schema_version, kind: 'finding', ...finding });
  },
};
export default ndjson;
