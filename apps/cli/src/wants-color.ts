/** What decides about colour: the option, the environment, and whether somebody is looking. */
export interface ColorFacts {
  /** `--color`: auto, always or never. */
  readonly when: unknown;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Node leaves it undefined for anything but a terminal. */
  readonly tty: boolean | undefined;
}

/** The option wins; then NO_COLOR, FORCE_COLOR, a dumb terminal, and last whether it is a terminal at all. Source: no-color.org. */
export function wantsColor({ when, env, tty }: ColorFacts): boolean {
  if (when !== 'auto') return when === 'always';
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return tty === true && env['TERM'] !== 'dumb';
}
