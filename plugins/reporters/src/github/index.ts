import type { Finding } from '@cliparity/model';
import type { Reporter } from '@cliparity/plugin-api';
import { findingsOf } from '../findings-of.js';
import { plainText } from '../plain-text.js';

/** GitHub shows ten of each kind per step and drops the rest in silence. Source: reference/style-and-ux.md C2. */
const SHOWN = 10;
const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const;

const data = (text: string): string =>
  plainText(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

function annotation({ code, severity, message, location }: Finding): string {
  const properties = [
    ...(location?.file === undefined ? [] : [`file=${property(location.file)}`]),
    ...(location?.line === undefined ? [] : [`line=${String(location.line)}`]),
    `title=${property(code)}`,
  ];
  const place = location?.pointer === undefined ? '' : ` (${location.pointer})`;
  return `::${COMMANDS[severity ?? 'error'] ?? 'error'} ${properties.join(',')}::${data(`${message}${place}`)}\n`;
}

/** Annotations of a GitHub Actions step; what GitHub would drop is counted in a last line. */
const github: Reporter = {
  id: 'github',
  revision: 1,
  accepts: ['findings'],
  *render(result) {
    const { findings } = findingsOf(result);
    const shown = (['error', 'warning', 'info'] as const).flatMap((severity) =>
      findings.filter((finding) => (finding.severity ?? 'error') === severity).slice(0, SHOWN),
    );
    for (const finding of shown) yield annotation(finding);
    const more = findings.length - shown.length;
    const rest =
      more > 0 ? `; ${String(more)} more are not shown here, a summary with --reporter markdown has them all` : '';
    yield `${data(`${result.view.headline}${rest}`).replaceAll('::', ': :')}\n`;
  },
};
export default github;
