import { plainJson, type Finding } from '@cliparity/model';
import type { Reporter } from '@cliparity/plugin-api';
import { findingsOf } from '../findings-of.js';
import { plainText } from '../plain-text.js';

/** GitHub refuses a run with more results. Source: reference/style-and-ux.md C2. */
const MOST = 25_000;
const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;

function location({ location: place, unit }: Finding): object[] {
  if (place?.file === undefined) return [];
  const names = [place.pointer, unit].filter((name) => name !== undefined && name !== '');
  return [
    {
      physicalLocation: {
        artifactLocation: { uri: encodeURI(plainText(place.file)), uriBaseId: 'SRCROOT' },
        region: { startLine: place.line ?? 1 },
      },
      ...(names.length > 0 && { logicalLocations: names.map((name) => ({ fullyQualifiedName: name })) }),
    },
  ];
}

function resultOf(finding: Finding): object {
  const { code, severity, message, fingerprint } = finding;
  return {
    ruleId: code,
    level: LEVELS[severity ?? 'error'] ?? 'error',
    message: { text: plainText(message) },
    locations: location(finding),
    partialFingerprints: { 'cliparity/v1': fingerprint },
  };
}

/** SARIF 2.1.0, for code scanning. Errors first, so that what a platform cuts off matters least; what we leave out ourselves is said. */
const sarif: Reporter = {
  id: 'sarif',
  revision: 2,
  accepts: ['findings'],
  render(result) {
    const { findings } = findingsOf(result);
    const left = findings.length - MOST;
    const kept = findings.slice(0, MOST);
    const text = `${String(left)} more findings are left out: a run holds at most ${String(MOST)}`;
    const notifications = left > 0 ? [{ level: 'warning', message: { text } }] : [];
    const rules = [...new Set(kept.map(({ code }) => code))]
      .sort()
      .map((id) => ({ id, help: { text: `cliparity explain ${id}` } }));
    const run = {
      tool: { driver: { name: 'cliparity', rules } },
      invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications }],
      results: kept.map(resultOf),
    };
    return [plainJson({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] })];
  },
};
export default sarif;
