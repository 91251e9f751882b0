import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOUSE } from './clone.js';

/** One published CLI whose pages the generic dialect reads. Entry of `integration/clis/clis.json`. */
export interface KnownCli {
  /** The word it is called by; the name of its surface file. */
  readonly name: string;
  /** The npm package that ships it, as `integration/clis/package.json` pins it. */
  readonly package: string;
  /** The script’s name in the package’s `bin`, when that is not `name`. */
  readonly bin?: string;
  /** A program's path in a package for one platform, in place of `bin`. */
  readonly native?: string;
  /** What prints its help; for the table in `docs/accuracy.md`. */
  readonly framework: string;
  /** Commands whose pages are read besides the root's. */
  readonly commands?: readonly (readonly string[])[];
}

/** Where `nx run integration:test-artifacts` installs them. */
export const MODULES = join(HOUSE, 'dist/test-artifacts/clis/node_modules');

/** All of them, in order of their names. */
export const KNOWN_CLIS = JSON.parse(
  readFileSync(join(HOUSE, 'integration/clis/clis.json'), 'utf8'),
) as readonly KnownCli[];

/** Whether npm installed it: packages for another platform are left out by npm, which is no fault. */
export const isInstalled = (cli: KnownCli): boolean =>
  cli.native === undefined || existsSync(join(MODULES, cli.package, cli.native));

/** Its version, and the program with the words that start it: the link that npm makes, since some print its name. */
export function startOf(cli: KnownCli): { version: string; file: string; args: readonly string[] } {
  const folder = join(MODULES, cli.package);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly version: string };
  if (cli.native !== undefined) return { version, file: join(folder, cli.native), args: [] };
  return { version, file: process.execPath, args: [join(MODULES, '.bin', cli.bin ?? cli.name)] };
}
