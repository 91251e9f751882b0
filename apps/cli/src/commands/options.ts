import { UsageError } from '@cliparity/model';

export type Options = Readonly<Record<string, unknown>>;

/** An option’s name as it is typed: `codexPath` → `--codex-path`. */
export const asTyped = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** A flag that takes no value. */
export const isSet = (options: Options, name: string): boolean => options[name] === true;

/** An option’s text; undefined when it was not given. */
export function textOption(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** The values of a repeatable option; undefined when it was not given. */
export function listOption(options: Options, name: string): readonly string[] | undefined {
  return options[name] as readonly string[] | undefined;
}

/** A whole number. @throws UsageError OPTION_NOT_A_NUMBER */
export const countOption = (options: Options, name: string): number | undefined => bytesOption(options, name);

/** Whole bytes. @throws UsageError OPTION_NOT_A_NUMBER */
export function bytesOption(options: Options, name: string): number | undefined {
  const text = textOption(options, name);
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw new UsageError('OPTION_NOT_A_NUMBER', `"${text}" is not a whole number`, {
    where: asTyped(name),
    remedy: 'Write digits only.',
  });
}
