import { bytesOf, type RootView } from '../engine/root-view.js';
import { readPointer } from './pointer-file.js';
import { pointerGrammar, pointerPath, POINTER_KINDS } from './pointers.js';
import { readParityRules } from './parity-rules.js';

/** A file as it is to be written; paths are relative to the root. */
export interface FileWrite {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * The mechanical repairs of the older format's `fix` mode: missing pointers of targets become `none`, pointer files become their first line,
 * `current.json` becomes the union of the latest validated version. Only files that change are given. Source: section 6.
 * Errors: those of `readParityRules`.
 */
export async function parityFixes(view: RootView): Promise<readonly FileWrite[]> {
  const rules = await readParityRules(view);
  const text = (path: string, content: string): FileWrite => ({ path, bytes: new TextEncoder().encode(content) });
  const perTarget = rules.union.expected_targets.flatMap((target) =>
    POINTER_KINDS.map((kind) => pointerPath(kind, target)),
  );
  const made = perTarget.filter((path) => view.read(path).kind === 'absent').map((path) => text(path, 'none\n'));
  const lines = [...perTarget, 'latest_validated.txt', 'min_supported.txt'].flatMap((path) => {
    const bytes = bytesOf(view, path);
    const content = bytes === undefined ? undefined : decode(bytes);
    const line = content === undefined ? undefined : `${(content.split('\n')[0] ?? '').replace(/\r+$/, '')}\n`;
    return line === undefined || line === content ? [] : [text(path, line)];
  });
  const writes = [...made, ...lines];
  return [...writes, ...currentFix(view, writes, pointerGrammar({ rules }, false).stable)];
}

function currentFix(view: RootView, writes: readonly FileWrite[], stable: RegExp): FileWrite[] {
  const path = 'latest_validated.txt';
  const written = writes.find((write) => write.path === path);
  const state = written === undefined ? view.read(path) : ({ kind: 'file', bytes: written.bytes } as const);
  const latest = readPointer(state, { stable, allowNone: false });
  const union = latest.kind === 'version' ? bytesOf(view, `snapshots/${latest.version}/union.json`) : undefined;
  const current = bytesOf(view, 'current.json');
  if (union === undefined || (current !== undefined && Buffer.compare(union, current) === 0)) return [];
  return view.read('current.json').kind === 'unreadable' ? [] : [{ path: 'current.json', bytes: union }];
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
