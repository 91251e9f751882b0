import { readFileSync } from 'node:fs';

/** The version of this command, as its package says; the bundle lies one folder below it, as the sources do. */
export function ownVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return (manifest as { version: string }).version;
}
