import { Type, type Static } from '@sinclair/typebox';
import { ARCHIVE_FORMATS } from '@cliparity/model';
import type { TSchema } from '@sinclair/typebox';

const closed = <P extends Record<string, TSchema>>(properties: P, options: object = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options });
/** A tree is of no use without knowing which of its files to run. */
const TREE_NEEDS_ENTRY = {
  if: { properties: { kind: { const: 'tree' } }, required: ['kind'] },
  then: { required: ['entry'] },
};
const word = (description: string) => Type.String({ minLength: 1, description });
const oneOf = <const V extends readonly string[]>(values: V) =>
  Type.Unsafe<V[number]>({ type: 'string', enum: [...values] });

const LayoutSchema = closed(
  {
    fits: word('Semver range of the upstream versions that are laid out like this.'),
    package: Type.Optional(
      word('Package that holds the binary, when it is another; {package} stands for the main one.'),
    ),
    spec: word('Version of that package: {version}, or {version}-{npm} where each platform has its own.'),
    kind: Type.Optional(oneOf(['file', 'tree'] as const)),
    member: word('The executable (kind file) or the folder (kind tree), below the tarball’s top folder.'),
    entry: Type.Optional(word('Of a tree: the executable below that folder.')),
    format: Type.Optional(oneOf(ARCHIVE_FORMATS)),
    targets: Type.Optional(Type.Array(Type.String(), { description: 'Targets this layout is for; all unless said.' })),
  },
  TREE_NEEDS_ENTRY,
);

/**
 * Settings of the npm source. `spec`, `package`, `member` and `entry` know the placeholders {version}, {target}, {npm} (the target's
 * npm name, such as linux-x64), {package}, {binary} and {exe} (`.exe` on Windows). The first layout that fits wins.
 */
export const npmSettingsSchema = closed({
  package: Type.String({ pattern: '^(@[^/@]+/)?[^/@]+$', description: 'The package whose versions are the releases.' }),
  binary: Type.Optional(word('Name of the program; the package’s last word unless said.')),
  layouts: Type.Array(LayoutSchema, { minItems: 1 }),
  top: Type.Optional(word('Top folder of the tarballs; `package` unless said, as npm makes them.')),
  redirect_hosts: Type.Optional(
    Type.Array(Type.String(), { description: 'Hosts a registry may redirect tarballs to; *.example.org allowed.' }),
  ),
});

/** Settings of the npm source, checked. */
export type NpmSourceSettings = Static<typeof npmSettingsSchema>;
/** How the upstream versions of one range are laid out. */
export type NpmLayout = NpmSourceSettings['layouts'][number];
