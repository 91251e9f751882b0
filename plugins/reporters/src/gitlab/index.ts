import { plainJson, type Finding } from '@cliparity/model';
import type { Reporter } from '@cliparity/plugin-api';
import { findingsOf } from '../findings-of.js';
import { plainLine } from '../plain-text.js';

const SEVERITIES = { error: 'major', warning: 'minor', info: 'info' } as const;

/** One entry of GitLab's code quality report; an entry without a file and a line is refused there. */
function entry({ code, severity, message, location, fingerprint }: Finding): object {
  return {
    description: plainLine(message),
    check_name: code,
    fingerprint,
    severity: SEVERITIES[severity ?? 'error'] ?? 'major',
    location: { path: location?.file ?? '.', lines: { begin: location?.line ?? 1 } },
  };
}

/** GitLab's code quality report. */
const gitlab: Reporter = {
  id: 'gitlab',
  revision: 1,
  accepts: ['findings'],
  render: (result) => [plainJson(findingsOf(result).findings.map(entry))],
};
export default gitlab;
