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

function loose(template: string): string {
  const parts = template.split(/\{[a-z]+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return parts.join('.*?');
}

/** A pattern for the texts that a template can give. */
export const patternOf = (template: string): RegExp => new RegExp(`^${loose(template)}$`);

/**
 * A pattern for the texts of a template, whose group `version` is what stands for {version}. Where another placeholder follows, a pre-release cannot
 * be told from it, and only stable versions are seen.
 */
export function versionPattern(template: string): RegExp {
  const at = template.indexOf('{version}');
  const [before, after] = [template.slice(0, at), template.slice(at + '{version}'.length)];
  const suffix = after.includes('{') ? '' : '(?:-[0-9A-Za-z.-]+)?';
  return new RegExp(`^${loose(before)}(?<version>\\d+\\.\\d+\\.\\d+${suffix})${loose(after)}$`);
}
