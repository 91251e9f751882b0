import { Type, type Static } from '@sinclair/typebox';
import { ARCHIVE_FORMATS } from '@cliparity/model';

const formats = Type.Unsafe<(typeof ARCHIVE_FORMATS)[number]>({ type: 'string', enum: [...ARCHIVE_FORMATS] });
const kinds = Type.Unsafe<'file' | 'tree'>({ type: 'string', enum: ['file', 'tree'] });
const word = (description: string) => Type.String({ minLength: 1, description });

/**
 * Settings of the local source: a folder or file (`path`, or `url` with `file:`), or a mirror (`url`). `template`, `name`, `member` and `entry` know the placeholders
 * {version}, {target}, {npm}, {exe} and, in `template`, {name}.
 */
export const localSettingsSchema = Type.Object(
  {
    path: Type.Optional(word('A folder laid out by the template, or one file; relative to the root.')),
    url: Type.Optional(
      Type.String({
        pattern: '^(https?://.+|file:///.+)$',
        description: 'Base address of a mirror, or file:///… of a folder or file that is at the same place everywhere.',
      }),
    ),
    template: Type.Optional(word('Path below the folder or address; {version}/{target}/{name} unless said.')),
    name: Type.Optional(word('Name of the asset; needed wherever the template says {name}.')),
    versions: Type.Optional(
      Type.Array(Type.String(), { description: 'Versions there are; a folder tells them by itself.' }),
    ),
    targets: Type.Optional(
      Type.Array(Type.String(), { description: 'Targets there are; all that exist unless said.' }),
    ),
    kind: Type.Optional(kinds),
    format: Type.Optional(formats),
    member: Type.Optional(Type.String()),
    entry: Type.Optional(Type.String()),
    redirect_hosts: Type.Optional(Type.Array(Type.String())),
  },
  {
    additionalProperties: false,
    // A tree is of no use without knowing which of its files to run.
    if: { properties: { kind: { const: 'tree' } }, required: ['kind'] },
    then: { required: ['entry'] },
    oneOf: [{ required: ['path'] }, { required: ['url'] }],
  },
);

/** Settings of the local source, checked. */
export type LocalSourceSettings = Static<typeof localSettingsSchema>;
