import type { Finding } from '@cliparity/model';
import type { Reporter } from '@cliparity/plugin-api';
import { findingsOf, placeOf } from '../findings-of.js';
import { plainText } from '../plain-text.js';

/** Text of an element or an attribute; XML has no way to write most control characters, nor halves of a surrogate pair. */
function xml(text: string): string {
  return plainText(text)
    .replace(/[\p{Cs}\ufffe\uffff]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\t', '&#9;');
}

function testCase(finding: Finding): string {
  const { code, severity, message } = finding;
  const place = placeOf(finding);
  const head = `    <testcase classname="${xml(code)}" name="${xml(place === '' ? message : place)}">`;
  // Only errors fail a run; a warning is told and passes.
  const body =
    (severity ?? 'error') === 'error'
      ? `<failure type="${xml(code)}" message="${xml(message)}"></failure>`
      : `<system-out>${xml(`${severity}: ${message}`)}</system-out>`;
  return `${head}${body}</testcase>\n`;
}

/** JUnit XML: one test case per finding, one that passes when there is none. */
const junit: Reporter = {
  id: 'junit',
  revision: 1,
  accepts: ['findings'],
  *render(result) {
    const { subject, findings } = findingsOf(result);
    const failures = findings.filter(({ severity }) => (severity ?? 'error') === 'error').length;
    const counts = `tests="${String(Math.max(1, findings.length))}" failures="${String(failures)}"`;
    yield '<?xml version="1.0" encoding="UTF-8"?>\n';
    yield `<testsuites name="cliparity" ${counts}>\n  <testsuite name="${xml(subject)}" ${counts}>\n`;
    if (findings.length === 0) yield `    <testcase classname="cliparity" name="${xml(subject)}"></testcase>\n`;
    for (const finding of findings) yield testCase(finding);
    yield '  </testsuite>\n</testsuites>\n';
  },
};
export default junit;
