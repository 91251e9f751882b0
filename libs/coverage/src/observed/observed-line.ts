import { Type, type Static } from '@sinclair/typebox';
import { closed, FindingError } from '@cliparity/model';

/** One line of `observed/<wrapper>.ndjson`: how a wrapper started its upstream once. No time, no host, nothing that differs between two runs. */
export const ObservedLineSchema = closed(
  {
    schema_version: Type.Literal(1),
    argv: Type.Array(Type.String(), { description: 'Masked; without the program’s name.' }),
  },
  { $id: 'https://cliparity.dev/schema/observed-v1.json', title: 'Observed argv, version 1' },
);
export type ObservedLine = Static<typeof ObservedLineSchema>;

/** The line of an argv, with its newline. */
export function observedLine(argv: readonly string[]): string {
  return `${JSON.stringify({ schema_version: 1, argv })}\n`;
}

function argvOf(line: string): readonly string[] | undefined {
  try {
    const { schema_version: version, argv } = JSON.parse(line) as Partial<Record<keyof ObservedLine, unknown>>;
    const isArgv = Array.isArray(argv) && argv.every((word) => typeof word === 'string');
    return version === 1 && isArgv ? (argv as readonly string[]) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The argv of a log, in its order. Error: OBSERVED_LINE_INVALID, which names the line.
 * @param name how the log is called in messages
 */
export function observedArgvs(text: string, name: string): readonly (readonly string[])[] {
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    const argv = argvOf(line);
    if (argv !== undefined) return [argv];
    const where = `${name}:${String(i + 1)}`;
    throw new FindingError('OBSERVED_LINE_INVALID', `Line ${String(i + 1)} of ${name} is no observed argv.`, {
      where,
      remedy: 'Each line is {"schema_version":1,"argv":[…]}; take the line out, or record again.',
    });
  });
}
