/** What annotations say about a unit, gathered while its description is read. */
export interface Facts {
  choices?: string[];
  /** A map, because a page may name a choice `__proto__`. */
  choiceAbout?: Map<string, string>;
  default?: string;
  env?: string;
  aliases?: string[];
  required?: boolean;
  repeatable?: boolean;
  variadic?: boolean;
  deprecated?: boolean;
  /** The value's type as the page names it decides whether there is a value at all: yargs' `[boolean]`, `[string]`. */
  takesValue?: boolean;
  /** yargs marks the command that runs when none is named. */
  isDefaultCommand?: boolean;
}
