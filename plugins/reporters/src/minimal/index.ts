import type { Reporter } from '@cliparity/plugin-api';
import { findingsOf, placeOf } from '../findings-of.js';
import { plainLine } from '../plain-text.js';

/** For programs that read text, and for logs: one line per finding, of anything else the headline and what to do next. */
const minimal: Reporter = {
  id: 'minimal',
  revision: 1,
  accepts: 'all',
  *render(result) {
    const { view, kind } = result;
    if (kind === 'findings')
      for (const finding of findingsOf(result).findings) {
        const words = [finding.severity, finding.code, placeOf(finding), finding.message];
        yield `${plainLine(words.filter((word) => word !== '' && word !== undefined).join(' '))}\n`;
      }
    yield `${plainLine(view.headline)}\n`;
    if (kind !== 'findings') for (const step of view.next ?? []) yield `next: ${plainLine(step)}\n`;
  },
};
export default minimal;
