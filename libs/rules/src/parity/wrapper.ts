import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { trimmed } from '../engine/json-value.js';
import { checkerOf } from './checker.js';
import { exclusionKey } from './exclusions.js';
import { checkSchema, readJsonFile, type ParityContext } from './parity-context.js';
import { checkScopes } from './wrapper-scopes.js';
import { commandPathText, type ParityViolation } from './violation.js';

const orNull = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));
const Texts = Type.Array(Type.String());
const ScopeSchema = Type.Object({ platforms: orNull(Texts), target_triples: orNull(Texts) });
const judged = {
  level: Type.String(),
  note: orNull(Type.String()),
  scope: orNull(ScopeSchema),
};
const FlagSchema = Type.Object({ key: Type.String(), ...judged });
const ArgSchema = Type.Object({ name: Type.String(), ...judged });
/** What the reference's reader takes; a value it refuses is PARSE_FAILED. */
const WrapperSchema = Type.Object({
  schema_version: Type.Integer({ minimum: 0 }),
  coverage: Type.Array(
    Type.Object({
      path: Texts,
      ...judged,
      flags: orNull(Type.Array(FlagSchema)),
      args: orNull(Type.Array(ArgSchema)),
    }),
  ),
});
export type WrapperFile = Static<typeof WrapperSchema>;
export type WrapperScope = Static<typeof ScopeSchema> | null | undefined;

const PATH = 'wrapper_coverage.json';

/** Checks what the wrapper says of itself. Source: section 6, check 5. */
export async function checkWrapper(ctx: ParityContext): Promise<void> {
  const at = { path: PATH, unit: 'wrapper_coverage', field: 'wrapper_coverage' };
  const read = readJsonFile(ctx, PATH, {
    code: 'WRAPPER_COVERAGE_INVALID_JSON',
    missing: () => ({ ...at, code: 'WRAPPER_COVERAGE_MISSING', message: `there is no ${PATH}` }),
  });
  if (read === undefined) return;
  checkSchema(ctx, ctx.schema, { path: PATH, value: read.value, code: 'WRAPPER_COVERAGE_SCHEMA_INVALID' });
  const [problem] = (await checkerOf(WrapperSchema))(read.value);
  if (problem !== undefined) {
    const message = `it cannot be understood: ${problem.pointer} ${problem.message}`;
    ctx.add({ ...at, code: 'WRAPPER_COVERAGE_PARSE_FAILED', message });
    return;
  }
  const file = read.value as WrapperFile;
  if (file.schema_version !== 1)
    ctx.add({
      ...at,
      code: 'WRAPPER_COVERAGE_SCHEMA_VERSION',
      json_pointer: '/schema_version',
      message: `version ${String(file.schema_version)} is unknown; only 1 is known`,
      field: 'schema_version',
    });
  for (const unit of unitsOf(file)) for (const violation of unitViolations(ctx, unit)) ctx.add(violation);
  checkScopes(ctx, file);
}

interface Unit {
  readonly kind: 'command' | 'flag' | 'arg';
  readonly list: 'coverage' | 'flags' | 'args';
  readonly pointer: string;
  readonly path: readonly string[];
  readonly name: string | undefined;
  readonly level: string;
  readonly note: string;
}

function unitsOf({ coverage }: WrapperFile): readonly Unit[] {
  return coverage.flatMap(({ path, level, note, flags, args }, i): Unit[] => {
    const pointer = `/coverage/${String(i)}`;
    const common = { path };
    return [
      { ...common, kind: 'command', list: 'coverage', pointer, name: undefined, level, note: note ?? '' },
      ...(flags ?? []).map((flag, j): Unit => {
        const of = { level: flag.level, note: flag.note ?? '', name: flag.key };
        return { ...common, ...of, kind: 'flag', list: 'flags', pointer: `${pointer}/flags/${String(j)}` };
      }),
      ...(args ?? []).map((arg, j): Unit => {
        const of = { level: arg.level, note: arg.note ?? '', name: arg.name };
        return { ...common, ...of, kind: 'arg', list: 'args', pointer: `${pointer}/args/${String(j)}` };
      }),
    ];
  });
}

const INDEX = { command: 'commands', flag: 'flags', arg: 'args' } as const;
const NOTES = {
  passthrough: { code: 'PASSTHROUGH_NOTE_MISSING' },
  intentionally_unsupported: { code: 'IU_NOTE_MISSING' },
} as const;

function unitViolations({ exclusions }: ParityContext, unit: Unit): ParityViolation[] {
  const { kind, list, pointer, path, name, level, note } = unit;
  const command_path = commandPathText(path);
  const at = { path: PATH, unit: `wrapper_${kind}`, command_path, ...(name !== undefined && { key_or_name: name }) };
  const said = [kind, command_path, name].filter((part) => part !== undefined).join(' ');
  const found: ParityViolation[] = [];
  if (exclusions?.[INDEX[kind]].has(exclusionKey(path, name)) === true)
    found.push({
      ...at,
      code: 'WRAPPER_COVERAGE_INCLUDES_EXCLUDED',
      json_pointer: pointer,
      message: `${said} is excluded; the wrapper says nothing about it`,
      field: list,
    });
  if (Object.hasOwn(NOTES, level) && trimmed(note) === '')
    found.push({
      ...at,
      ...NOTES[level as keyof typeof NOTES],
      json_pointer: `${pointer}/note`,
      message: `${said} is ${level}, which needs a note that says why`,
      field: 'note',
    });
  return found;
}
