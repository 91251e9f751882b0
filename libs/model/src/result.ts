/** What a step or command hands to a reporter. `data` is the machine's answer; `view` is the same for people. */
export const RESULT_KINDS = [
  'coverage',
  'findings',
  'status',
  'doctor',
  'lock',
  'acquired',
  'snapshot',
  'union',
  'rebuilt',
  'surface',
  'store',
  'exported',
  'imported',
  'explanation',
  'harvested',
  'drift',
  'verified',
  'promoted',
  'pending',
  'replayed',
  'served',
  'watched',
  'updated',
  'started',
  'retention',
  'matrix',
  'waived',
  'proposal',
  'observed',
  'error',
] as const;
export type ResultKind = (typeof RESULT_KINDS)[number];

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}
/** How a cell is to be understood; reporters choose the colour. */
export type Tone = 'good' | 'bad' | 'warn' | 'dim';
export interface Cell {
  readonly text: string;
  readonly tone?: Tone;
}
export interface Table {
  readonly title?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly (Cell | string)[])[];
}
/** A small document: headline first, then lines, tables, and what to do next. */
export interface View {
  readonly headline: string;
  readonly tone?: Tone;
  readonly lines?: readonly string[];
  readonly tables?: readonly Table[];
  readonly next?: readonly string[];
}
export interface Result<T = unknown> {
  readonly kind: ResultKind;
  readonly schema_version: 1;
  readonly data: T;
  readonly view: View;
}
