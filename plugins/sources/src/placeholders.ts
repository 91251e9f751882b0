import type { Target } from '@cliparity/plugin-api';

const NPM_NAME = /^(aix|android|darwin|freebsd|linux|openbsd|sunos|win32)(-musl)?-[a-z0-9]+(-musl|-gnu)?$/;

/** The name npm's world has for a target, such as `linux-x64`; undefined when it has none. */
export function npmNameOf(target: Target): string | undefined {
  return [target.id, ...(target.aliases ?? [])].find((name) => NPM_NAME.test(name));
}

/** The words a target lends to templates: `target`, `exe`, and `npm` when it has such a name. */
export function targetWords(target: Target): Readonly<Record<string, string>> {
  const npm = npmNameOf(target);
  const exe = target.os === 'windows' ? '.exe' : '';
  return { target: target.id, exe, ...(npm !== undefined && { npm }) };
}

/** Fills `{word}` placeholders; undefined when a word is asked for that there is none for. Pure. */
export function fill(template: string, words: Readonly<Record<string, string>>): string | undefined {
  let missing = false;
  const text = template.replace(/\{([a-z]+)\}/g, (_, word: string) => {
    missing ||= words[word] === undefined;
    return words[word] ?? '';
  });
  return missing ? undefined : text;
}

/** A pattern for the texts that a template can give. */
export function patternOf(template: string): RegExp {
  const parts = template.split(/\{[a-z]+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
