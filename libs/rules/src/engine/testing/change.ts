import type { FileContent, FileMap } from '../memory-view.js';

/** One edit inside a JSON file: a value put at a pointer, or taken away. `/-` at the end appends to a list. */
export interface Edit {
  readonly file: string;
  readonly at: string;
  readonly set?: unknown;
  readonly remove?: true;
}
/** How a root is changed: files replaced (text), taken away (null) or made a folder (`{"folder": true}`), then edits inside JSON files. */
export interface Change {
  readonly files?: Readonly<Record<string, string | null | { readonly folder: true } | { readonly copy: string }>>;
  readonly edits?: readonly Edit[];
}

const textOf = (content: FileContent | undefined): string =>
  typeof content === 'string' ? content : new TextDecoder().decode(content ?? new Uint8Array());

function edited(value: unknown, keys: readonly string[], { set, remove }: Edit): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return set;
  if (Array.isArray(value)) {
    const items = [...(value as unknown[])];
    if (key === '-') return [...items, set];
    const at = Number(key);
    if (remove === true && rest.length === 0) items.splice(at, 1);
    else items[at] = edited(items[at], rest, { file: '', at: '', set, ...(remove && { remove }) });
    return items;
  }
  const record = { ...(value as Record<string, unknown>) };
  if (remove === true && rest.length === 0) delete record[key];
  else record[key] = edited(record[key], rest, { file: '', at: '', set, ...(remove && { remove }) });
  return record;
}

/** The files of a root after a change. A file that becomes a folder gets a file of its own inside. */
export function changed(base: FileMap, { files = {}, edits = [] }: Change): FileMap {
  const made = new Map(base);
  for (const [path, content] of Object.entries(files)) {
    if (content === null) made.delete(path);
    else if (typeof content === 'string') made.set(path, content);
    else if ('copy' in content) made.set(path, base.get(content.copy) ?? '');
    else {
      made.delete(path);
      made.set(`${path}/inside.txt`, '');
    }
  }
  for (const edit of edits) {
    const keys = edit.at.split('/').slice(1);
    const value: unknown = edited(JSON.parse(textOf(made.get(edit.file))), keys, edit);
    made.set(edit.file, `${JSON.stringify(value, null, 2)}\n`);
  }
  return made;
}
