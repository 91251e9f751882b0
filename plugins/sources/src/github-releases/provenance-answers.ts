/** The fields of a repository that we read. Source: the contract table beside this file. */
export interface RepositoryAnswer {
  readonly id: number;
  /** `owner/name` as it is called today; another one after a move. */
  readonly full_name: string;
}
/** What an attestation says of itself: nothing of it is verified here. */
export interface AttestationAnswer {
  readonly predicate_type: string;
  /** Who built it, as the predicate says. */
  readonly builder?: string;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object';
const textIn = (value: unknown, key: string): string | undefined => {
  const text = isRecord(value) ? value[key] : undefined;
  return typeof text === 'string' && text !== '' ? text : undefined;
};
const recordIn = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), value);

/** Reads a repository; undefined when it is none. Pure. */
export function readRepository(value: unknown): RepositoryAnswer | undefined {
  const full_name = textIn(value, 'full_name');
  const id = isRecord(value) ? value['id'] : undefined;
  return full_name === undefined || !Number.isSafeInteger(id) ? undefined : { id: id as number, full_name };
}

/** The statement inside an envelope: base64 of JSON. Source: in-toto attestation, envelope v1; SLSA provenance v0.2 and v1 name the builder. */
function statementOf(bundle: unknown): AttestationAnswer | undefined {
  const payload = textIn(recordIn(bundle, 'dsseEnvelope'), 'payload');
  if (payload === undefined) return undefined;
  let statement: unknown;
  try {
    statement = JSON.parse(Buffer.from(payload, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
  const predicate_type = textIn(statement, 'predicateType');
  const builder =
    textIn(recordIn(statement, 'predicate', 'runDetails', 'builder'), 'id') ??
    textIn(recordIn(statement, 'predicate', 'builder'), 'id');
  return predicate_type === undefined ? undefined : { predicate_type, ...(builder !== undefined && { builder }) };
}

/** Reads a list of attestations; undefined when it is none. One that cannot be read is passed over: another may be of a kind we know. Pure. */
export function readAttestations(value: unknown): readonly AttestationAnswer[] | undefined {
  const list = recordIn(value, 'attestations');
  if (!Array.isArray(list)) return undefined;
  return list.flatMap((one: unknown) => statementOf(recordIn(one, 'bundle')) ?? []);
}
