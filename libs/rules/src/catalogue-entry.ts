import type { Severity } from '@cliparity/model';

/** One stable code that a finding or an error carries. Data only; `explain CODE` prints it. */
export interface CatalogueEntry {
  readonly code: string;
  /** `finding`: something in a file is wrong (exit 1). `usage`: exit 2. `could-not-run`: exit 3. `internal`: exit 4. */
  readonly kind: 'finding' | 'usage' | 'could-not-run' | 'internal' | 'interrupted';
  /** Only findings have one; configuration may change it per code. */
  readonly severity?: Severity;
  readonly meaning: string;
  readonly why: string;
  readonly example: string;
  readonly mend: string;
}
