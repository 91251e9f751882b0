import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finding, type Finding } from '@cliparity/model';
import { writeAtomic } from '@cliparity/manifest-store';
import { TRANSPORTS, transportShapes } from './drift.js';
import { eventSchema } from './event-schema.js';
import type { StoredFixture } from '../fixture/fixture-files.js';

/** A file that follows from the fixtures of a version. */
export interface DerivedFile {
  /** Below the version's fixtures. */
  readonly name: string;
  readonly text: string;
}

/** The event schemas of one version, one per transport that was recorded. Pure. */
export function schemaFiles(
  fixtures: readonly StoredFixture[],
  about: { readonly cli: string; readonly version: string },
): readonly DerivedFile[] {
  return TRANSPORTS.flatMap((transport) => {
    const shapes = transportShapes(fixtures, transport);
    if (shapes.size === 0) return [];
    const text = `${JSON.stringify(eventSchema(shapes, { ...about, transport }), null, 2)}\n`;
    return [{ name: `schemas/${transport}.schema.json`, text }];
  });
}

const textAt = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);

/**
 * Writes the event schemas of a version's fixtures anew, or, in `check`, finds those that are not what the fixtures give.
 * @param options `file` says how a file is called in findings, `command` what derives it again
 */
export async function deriveSchemas(
  fixtures: readonly StoredFixture[],
  about: { readonly cli: string; readonly version: string; readonly folder: string },
  options: { readonly check: boolean; readonly file: (path: string) => string; readonly command?: string },
): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const { name, text } of schemaFiles(fixtures, about)) {
    const path = join(about.folder, name);
    if ((await textAt(path)) === text) continue;
    if (!options.check) {
      await writeAtomic(path, text);
      continue;
    }
    const file = options.file(path);
    found.push(
      finding({
        code: 'EVENT_SCHEMA_STALE',
        file,
        message: `${file} is not what the recorded streams give.`,
        ...(options.command !== undefined && { help: `Derive it again: ${options.command}` }),
      }),
    );
  }
  return found;
}
