import { digestOf, type Provenance } from '@cliparity/model';
import type { InputDigest } from '../base/run-step.js';

/** A provenance as the flat list that the up-to-date rule compares. */
export function digestsOfProvenance(provenance: Provenance): readonly InputDigest[] {
  const { dialect, settings_sha256, inputs } = provenance;
  return [
    ...inputs,
    ...(dialect === undefined ? [] : [{ name: 'dialect', sha256: digestOf(dialect) }]),
    ...(settings_sha256 === undefined ? [] : [{ name: 'settings', sha256: settings_sha256 }]),
  ];
}
