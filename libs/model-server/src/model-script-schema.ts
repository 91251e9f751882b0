import { Type, type TSchema } from '@sinclair/typebox';
import { MODEL_APIS } from '@cliparity/plugin-api';

const closed = (properties: Record<string, TSchema>): TSchema =>
  Type.Object(properties, { additionalProperties: false });
const does = (word: string, more: Record<string, TSchema> = {}): TSchema => closed({ do: Type.Literal(word), ...more });
const Milliseconds = Type.Integer({ minimum: 0, maximum: 3_600_000 });

const Part = Type.Union([
  does('event', { data: Type.Unknown(), event: Type.Optional(Type.String()) }),
  does('raw', { text: Type.String() }),
  does('wait', { ms: Milliseconds }),
  does('reset'),
  does('hang'),
]);

/** A script as a file: what `serve` reads. The same data as `ModelScript`. */
export const ModelScriptSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    api: Type.Union(MODEL_APIS.map((api) => Type.Literal(api))),
    answers: Type.Array(
      closed({
        when: Type.Optional(
          closed({
            request: Type.Optional(Type.Integer({ minimum: 1 })),
            contains: Type.Optional(Type.String({ minLength: 1 })),
          }),
        ),
        times: Type.Optional(Type.Union([Type.Integer({ minimum: 1 }), Type.Literal('any')])),
        delayMs: Type.Optional(Milliseconds),
        status: Type.Optional(Type.Integer({ minimum: 200, maximum: 599 })),
        headers: Type.Optional(Type.Record(Type.String(), Type.String())),
        json: Type.Optional(Type.Unknown()),
        stream: Type.Optional(Type.Array(Part)),
      }),
    ),
  },
  { $id: 'https://cliparity.dev/schema/model-script-v1.json', title: 'Model script', additionalProperties: false },
);
