import { hash } from 'node:crypto';
import { asListed, sortedKeys } from './key-order.js';

/** SHA-256 of bytes or UTF-8 text, lower-case hexadecimal. */
export function sha256(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex');
}

/**
 * A JSON value as text, whatever the order of its keys: two values are the same exactly when their texts are. Undefined fields do not count.
 */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const record = value as Readonly<Record<string, unknown>>;
  const keys = sortedKeys(Object.keys(record).filter((key) => record[key] !== undefined));
  return `{${asListed(keys)
    .map((key) => `${JSON.stringify(key)}:${canonicalText(record[key])}`)
    .join(',')}}`;
}

/** SHA-256 of a JSON value whatever the order of its keys. */
export function digestOf(value: unknown): string {
  return sha256(value === undefined ? 'undefined' : canonicalText(value));
}
