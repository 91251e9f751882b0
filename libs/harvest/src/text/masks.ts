import type { Mask } from '@cliparity/plugin-api';

/** Raised when the same raw output gives other bytes than before. */
export const NORMALISER_VERSION = 1;

/** One rule of a normaliser: a mask, or the literal texts of one run that stand for one name. */
export interface Rule extends Mask {
  /** Exact texts, such as this run's folder. */
  readonly texts?: readonly string[];
}

/** What a run had that another run has otherwise. */
export interface RunValues {
  readonly cwd: string;
  readonly home: string;
  readonly tmp: string;
  readonly port: string;
  readonly proxyPort: string;
  /** The zone that the run was told to be in. */
  readonly zone?: string;
}

const UUID = '\\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\b';
const ISO = '\\b\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?(?:Z|[+-]\\d{2}:\\d{2})';

/** Masks that any upstream may need. A UUID stays one, so that a strict reader still reads the fixture; `{n}` counts from 1. */
export const COMMON_MASKS: readonly Mask[] = [
  { id: 'uuid', pattern: UUID, as: '00000000-0000-7000-8000-{n}' },
  { id: 'iso-time', pattern: ISO, as: '2000-01-01T00:00:00Z' },
];

/** A text as it stands in JSON, too: a folder of Windows has doubled backslashes there. */
const spellings = (text: string): readonly string[] => [...new Set([text, JSON.stringify(text).slice(1, -1)])];

/** The rules of one run: its own folders and ports first, then the common masks, then the scenario's. */
export function rulesOf(values: RunValues, masks: readonly Mask[] = []): readonly Rule[] {
  const port = (id: string, number: string): Rule[] =>
    number === '' ? [] : [{ id, texts: [`127.0.0.1:${number}`, `localhost:${number}`], as: `127.0.0.1:<${id}>` }];
  return [
    { id: 'cwd', texts: spellings(values.cwd), as: '/CWD' },
    { id: 'home', texts: spellings(values.home), as: '/HOME' },
    { id: 'tmp', texts: spellings(values.tmp), as: '/TMP' },
    ...(values.zone === undefined ? [] : [{ id: 'zone', texts: [values.zone], as: 'UTC' }]),
    ...port('PORT', values.port),
    ...port('PROXY', values.proxyPort),
    ...masks,
    ...COMMON_MASKS,
  ];
}
