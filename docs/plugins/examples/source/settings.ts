/** JSON Schema of `settings`, checked before the source is made. */
export const releaseIndexSettingsSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['url'],
  properties: {
    url: { type: 'string', pattern: '^https?://.+/$', description: 'Folder that holds index.json and the binaries.' },
  },
};

export interface ReleaseIndexSettings {
  readonly url: string;
}
