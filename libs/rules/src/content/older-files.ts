import { CoverageReportV1Schema, WrapperCoverageV1Schema, type WrapperCoverageV1 } from '@cliparity/coverage';
import { SupportedPolicyV1Schema, VersionMetadataV1Schema, type VersionMetadataV1 } from '@cliparity/lifecycle';
import { checkJson } from '@cliparity/manifest-store';
import { FindingError } from '@cliparity/model';
import {
  OlderRulesSchema,
  SnapshotV1Schema,
  UnionV2Schema,
  type OlderRules,
  type SnapshotV1,
  type UnionV2,
} from '@cliparity/surface';
import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { bytesOf, type RootView } from '../engine/root-view.js';

const PolicySchema = Type.Object({ version_metadata: Type.Object({ supported_policy: SupportedPolicyV1Schema }) });
const ReportTimeSchema = Type.Pick(CoverageReportV1Schema, ['generated_at']);

/**
 * Typed reading of an older root's files. Errors: FILE_MISSING, FILE_INVALID_JSON, FILE_NOT_UTF8, FILE_SCHEMA_INVALID, each naming the file.
 * @param prefix what stands before the paths in messages
 */
export function olderFiles(view: RootView, prefix: string) {
  async function json<S extends TSchema>(path: string, schema: S, loose = false): Promise<Static<S>> {
    const bytes = bytesOf(view, path);
    const name = `${prefix}${path}`;
    if (bytes === undefined) throw new FindingError('FILE_MISSING', `${name} cannot be read.`, { where: name });
    return checkJson(bytes, schema, { name, allowDuplicateKeys: loose });
  }
  const ifThere = async <T>(path: string, read: () => Promise<T>): Promise<T | undefined> =>
    view.read(path).kind === 'file' ? read() : undefined;
  return {
    rules: (): Promise<OlderRules> => json('RULES.json', OlderRulesSchema, true),
    policy: async () => (await json('RULES.json', PolicySchema, true)).version_metadata.supported_policy,
    snapshot: (version: string, target: string): Promise<SnapshotV1> =>
      json(`snapshots/${version}/${target}.json`, SnapshotV1Schema),
    union: (version: string): Promise<UnionV2> => json(`snapshots/${version}/union.json`, UnionV2Schema),
    wrapper: (): Promise<WrapperCoverageV1> => json('wrapper_coverage.json', WrapperCoverageV1Schema),
    wrapperIfThere: () =>
      ifThere('wrapper_coverage.json', () => json('wrapper_coverage.json', WrapperCoverageV1Schema)),
    metadata: (version: string): Promise<VersionMetadataV1> =>
      json(`versions/${version}.json`, VersionMetadataV1Schema),
    /** When a report was made; undefined when it is not there. */
    reportTime: async (path: string): Promise<string | undefined> =>
      (await ifThere(path, () => json(path, ReportTimeSchema)))?.generated_at,
  };
}
