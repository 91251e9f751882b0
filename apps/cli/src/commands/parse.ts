import { createInterface } from 'node:readline';
import { readBytes } from '@cliparity/manifest-store';
import { parsePage, parseStream } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { isSet, textOption } from './options.js';
import { done } from './outcome.js';

async function standardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

async function pageText(file: string | undefined): Promise<string> {
  if (file === undefined || file === '-') return standardInput();
  return new TextDecoder().decode(await readBytes(file, { remedy: 'Name a text file, or pipe the page in.' }));
}

export const run: Run = async ({ bench }, { args: [file], options }) => {
  const dialect = textOption(options, 'dialect');
  if (!isSet(options, 'ndjson')) return done(await parsePage(bench, await pageText(file), dialect));
  const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
  const result = { kind: 'surface', schema_version: 1, data: null, view: { headline: '' } } as const;
  return { ...done(result), raw: parseStream(bench, lines, dialect) };
};
