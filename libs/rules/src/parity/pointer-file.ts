import { valid } from 'semver';
import { trimmed } from '../engine/json-value.js';
import type { FileState } from '../engine/root-view.js';

/** What a pointer file says. */
export type PointerRead =
  | { readonly kind: 'version'; readonly version: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable' | 'format' | 'value'; readonly reason: string };

/** Which versions a pointer may name. */
export interface PointerGrammar {
  readonly stable: RegExp;
  readonly allowNone: boolean;
}

/** The text itself when it is a strict semantic version that the pattern accepts. */
export function stableVersion(text: string, stable: RegExp): string | undefined {
  if (!stable.test(text)) return undefined;
  return valid(text) === text.split('+')[0] ? text : undefined;
}

/** Reads a pointer file: one line, `none` or a stable version, ended by a newline. Source: section 6, check 1. */
export function readPointer(state: FileState, { stable, allowNone }: PointerGrammar): PointerRead {
  if (state.kind === 'absent') return { kind: 'missing' };
  if (state.kind === 'unreadable') return { kind: 'unreadable', reason: state.reason };
  const text = decode(state.bytes);
  if (text === undefined) return { kind: 'unreadable', reason: 'it is not UTF-8' };
  const problem = formatProblem(text);
  if (problem !== undefined) return { kind: 'format', reason: problem };
  const line = text.slice(0, -1);
  if (line === 'none') return allowNone ? { kind: 'none' } : { kind: 'value', reason: 'none' };
  const version = stableVersion(line, stable);
  return version === undefined ? { kind: 'value', reason: line } : { kind: 'version', version };
}

function formatProblem(text: string): string | undefined {
  if (!text.endsWith('\n')) return 'there is no newline at its end';
  const line = text.slice(0, -1);
  if (line.includes('\n')) return 'it has several lines';
  if (line.includes('\r')) return 'it holds a carriage return';
  return line === trimmed(line) ? undefined : 'there is white space around the value';
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
