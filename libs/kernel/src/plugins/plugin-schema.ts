import { Type } from '@sinclair/typebox';
import { PLUGIN_KINDS } from '@cliparity/plugin-api';

const PART_ID = '^[A-Za-z0-9][A-Za-z0-9._-]*$';

/** What `definePlugin` returns, functions left out (JSON Schema cannot speak of them). */
export const PluginSchema = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    apiVersion: Type.Integer(),
    contributions: Type.Array(
      Type.Object(
        {
          kind: Type.Unsafe<string>({ type: 'string', enum: [...PLUGIN_KINDS] }),
          id: Type.String({ pattern: PART_ID }),
          revision: Type.Integer({ minimum: 1 }),
          settings: Type.Optional(Type.Object({}, { additionalProperties: true })),
          load: Type.Unknown(),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
