import { compareBytes, finding, type Finding } from '@cliparity/model';
import type { ParityCode } from './parity-code.js';

/** One violation as the older format's validator states it. `unit` to `target_triple` only order and identify; its JSON leaves them out. */
export interface ParityViolation {
  readonly code: ParityCode;
  /** Relative to the root (of the support matrix: to the workspace). */
  readonly path: string;
  readonly message: string;
  readonly json_pointer?: string;
  readonly unit?: string;
  readonly command_path?: string;
  readonly key_or_name?: string;
  readonly field?: string;
  readonly target_triple?: string;
  readonly details?: unknown;
}

const absentFirst = (a: string | undefined, b: string | undefined): number => {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return compareBytes(a, b);
};

const BEFORE_TARGET = ['path', 'unit', 'command_path', 'key_or_name', 'field'] as const;

/** path, unit, command_path, key_or_name, field, then target_triple, json_pointer, code, message. Source: section 6. */
export function compareViolations(a: ParityViolation, b: ParityViolation): number {
  for (const key of BEFORE_TARGET) {
    const order = compareBytes(a[key] ?? '', b[key] ?? '');
    if (order !== 0) return order;
  }
  return (
    absentFirst(a.target_triple, b.target_triple) ||
    absentFirst(a.json_pointer, b.json_pointer) ||
    compareBytes(a.code, b.code) ||
    compareBytes(a.message, b.message)
  );
}

/** What that validator's `--json` prints for one violation. */
export function violationJson(violation: ParityViolation): object {
  const { code, path, message, json_pointer, details } = violation;
  return {
    code,
    severity: 'error',
    path,
    message,
    ...(json_pointer !== undefined && { json_pointer }),
    ...(details !== undefined && { details }),
  };
}

/** `CODE error PATH [JSON_POINTER] MESSAGE`, as that validator prints it. */
export function violationLine({ code, path, json_pointer = '', message }: ParityViolation): string {
  return [code, 'error', path, json_pointer, message].filter((part) => part !== '').join(' ');
}

/**
 * The violation as a finding.
 * @param prefix what stands before the path: the root's folder relative to the workspace, with a slash at its end
 */
export function violationFinding(violation: ParityViolation, prefix: string): Finding {
  const { code, path, message, json_pointer, unit, command_path, key_or_name, field, target_triple } = violation;
  const isMatrix = unit === 'support_matrix';
  // A place in a list is no identity, but it is all that tells two schema errors of one file apart.
  const place = unit === 'schemas' ? json_pointer : undefined;
  return finding({
    code,
    message,
    file: isMatrix ? path : `${prefix}${path}`,
    pointer: json_pointer,
    target: target_triple,
    key: [unit, command_path, key_or_name, field, place].map((part) => part ?? '').join('\u001f'),
    details: violation.details,
  });
}

/** `[]` for the root, else the words joined by a slash. */
export function commandPathText(path: readonly string[]): string {
  return path.length === 0 ? '[]' : path.join('/');
}
