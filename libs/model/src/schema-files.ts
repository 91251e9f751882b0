import type { TSchema } from '@sinclair/typebox';
import { CoverageReportSchema, WaiversSchema, WrapperCoverageSchema } from './schema/coverage.js';
import { LockSchema } from './schema/lock.js';
import { ConfigSchema, ManifestSchema } from './schema/manifest.js';
import { SurfaceFileSchema } from './schema/snapshot.js';

const FILES: readonly (readonly [name: string, title: string, schema: TSchema])[] = [
  ['surface-v3', 'cliparity surface, version 3', SurfaceFileSchema],
  ['lock-v2', 'artifacts.lock.json', LockSchema],
  ['manifest-v1', 'cliparity.json', ManifestSchema],
  ['config-v1', 'cliparity configuration', ConfigSchema],
  ['coverage-v2', 'wrapper_coverage.json', WrapperCoverageSchema],
  ['report-v2', 'coverage report', CoverageReportSchema],
  ['waivers-v1', 'waivers.json', WaiversSchema],
];

/** The published JSON Schemas (draft 2020-12) by file name, as plain JSON values. `libs/model/schemas` holds them; a test compares. */
export function schemaFiles(): Map<string, object> {
  return new Map(
    FILES.map(([name, title, schema]) => {
      const head = {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        $id: `https://cliparity.dev/schema/${name}.json`,
        title,
      };
      const plain = JSON.parse(JSON.stringify(schema)) as object;
      return [`${name}.schema.json`, { ...head, ...plain, $id: head.$id }];
    }),
  );
}
