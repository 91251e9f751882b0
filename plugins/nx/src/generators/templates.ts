import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownFolder } from '../own-folder.js';

export type Language = 'ts' | 'js';

/** Keeps what is for the language, drops what is for the other one, and puts the values in. */
export function fillTemplate(text: string, language: Language, values: Readonly<Record<string, string>>): string {
  const [kept, dropped] = language === 'ts' ? [/[«»]/g, /‹[^›]*›/g] : [/[‹›]/g, /«[^»]*»/g];
  const plain = text.replace(dropped, '').replace(kept, '');
  const filled = plain.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
  return `${filled.trim()}\n`;
}

/** A template of ours: `<folder>/<name>.txt`; undefined when there is none. */
export function readTemplate(folder: string, name: string): string | undefined {
  const file = join(ownFolder(), 'templates', folder, `${name}.txt`);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
