import { finding, type Finding } from '@cliparity/model';
import { listAt, textAt } from '../engine/json-value.js';
import type { RootView } from '../engine/root-view.js';
import { parseJson } from '../parity/parity-context.js';

/** A file as its inputs give it; the path is relative to the root. */
export interface DerivedFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Compares derived files with the committed ones, byte for byte: one finding per file that is missing or differs.
 * @param prefix what stands before the paths in findings: the root's folder with a slash at its end
 */
export function compareDerived(view: RootView, files: readonly DerivedFile[], prefix: string): readonly Finding[] {
  return files.flatMap(({ path, text }) => {
    const state = view.read(path);
    const file = `${prefix}${path}`;
    const help = deriveAgain(prefix, path);
    if (state.kind !== 'file')
      return [finding({ code: 'DERIVED_FILE_MISSING', message: `${file} is missing`, file, help })];
    if (isText(state.bytes, text)) return [];
    const changed = changedInputs(new TextDecoder().decode(state.bytes), text);
    const why = changed.length === 0 ? '' : `: since it was made, ${changed.join(' and ')} changed`;
    const message = `${file} differs from what its inputs give${why}`;
    return [finding({ code: 'DERIVED_FILE_DIFFERS', message, file, help })];
  });
}

/** The names of inputs of which two forms of a derived file record different digests; none where a file records none. */
function changedInputs(committed: string, derived: string): readonly string[] {
  const [before, now] = [recordedInputs(committed), recordedInputs(derived)];
  if (before.size === 0) return [];
  return [...now].flatMap(([name, digest]) => (before.get(name) === digest ? [] : [name]));
}

/** Digests by name: of a union in its provenance, of a report among its inputs, of metadata its inputs. */
function recordedInputs(text: string): ReadonlyMap<string, string> {
  const value = parseJson(new TextEncoder().encode(text))?.value;
  const places = [['provenance', 'inputs'], ['inputs', 'digests'], ['inputs']];
  const found = places.flatMap((keys) => listAt(value, ...keys));
  return new Map(found.map((one) => [textAt(one, 'name') ?? '', textAt(one, 'sha256') ?? '']));
}

/** What to run where a derived file is missing or differs. */
function deriveAgain(prefix: string, path: string): string {
  const root = prefix.split('/').at(-2) ?? '';
  const [folder = '', version = ''] = path.split('/');
  const step = { snapshots: `union ${root} ${version}`, reports: `report ${root} ${version}` }[folder];
  return `Derive it again, read the change, commit it: cliparity ${step ?? `rebuild ${root}`}`;
}

/** Whether bytes are a text in UTF-8. */
export function isText(bytes: Uint8Array, text: string): boolean {
  if (text.length > bytes.length) return false;
  if (bytes.length > SCRATCH) return Buffer.compare(bytes, Buffer.from(text)) === 0;
  scratch ??= Buffer.alloc(SCRATCH);
  // Into memory that is there already; where the text does not fit, it is longer than the bytes.
  const size = scratch.write(text);
  return Buffer.compare(bytes, scratch.subarray(0, size)) === 0 && Buffer.byteLength(text) === size;
}
const SCRATCH = 1024 * 1024;
let scratch: Buffer | undefined;
