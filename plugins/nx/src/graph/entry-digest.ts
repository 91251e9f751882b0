import { hash } from 'node:crypto';

/**
 * SHA-256 of a lock entry as it stands in the file. The lock is written in one canonical order of keys, which `lock --check` holds it to; an
 * entry whose keys somebody reordered by hand runs its version’s tasks once more and nothing else. So the entry is not sorted again here: this
 * module is loaded whenever Nx builds a graph, and a lock of a hundred versions has four hundred entries.
 */
export const entryDigest = (entry: unknown): string => hash('sha256', JSON.stringify(entry));
