import * as prompts from '@clack/prompts';
import { Interrupted } from '@cliparity/model';
import type { Asker } from '@cliparity/steps';

/** Questions are narration: standard output is left to the result. */
const output = process.stderr;

/** An answer, unless the person pressed Ctrl-C or Escape. */
function given<T>(answer: T): Exclude<T, symbol> {
  if (prompts.isCancel(answer)) throw new Interrupted();
  return answer as Exclude<T, symbol>;
}

const needed = (value: string | undefined): string | undefined =>
  value === undefined || value.trim() === '' ? 'This is needed.' : undefined;

/** Asks in the terminal. */
export function terminalAsker(): Asker {
  const common = { output };
  return {
    select: async (message, choices, initial) =>
      given(
        await prompts.select<string>({
          ...common,
          message,
          options: [...choices],
          ...(initial !== undefined && { initialValue: initial }),
        }),
      ),
    several: async (message, choices, initial) =>
      given(
        await prompts.multiselect<string>({
          ...common,
          message,
          options: [...choices],
          initialValues: [...initial],
          required: true,
        }),
      ),
    text: async (message, initial) =>
      given(await prompts.text({ ...common, message, initialValue: initial, validate: needed })).trim(),
    confirm: async (message, initial) => given(await prompts.confirm({ ...common, message, initialValue: initial })),
  };
}
