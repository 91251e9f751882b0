import { observedArgvs, RatchetSchema } from '@cliparity/coverage';
import { CliparityError, finding, type Finding } from '@cliparity/model';
import { bytesOf, entriesOf } from '../engine/root-view.js';
import type { RootFacts } from './root-facts.js';
import { readRootFile } from './root-file.js';

const filesOf = ({ view }: RootFacts, folder: string, end: string): readonly string[] =>
  entriesOf(view, folder).flatMap(({ name, kind }) =>
    kind === 'file' && name.endsWith(end) ? [`${folder}/${name}`] : [],
  );

/** Whether ratchets and logs of observed command lines can be read as what they are. Nothing else of a root follows from them. */
export async function sideFileFindings(facts: RootFacts): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const path of filesOf(facts, 'ratchets', '.json')) {
    const read = await readRootFile(facts, path, { schema: RatchetSchema, form: 'written' });
    if (read.kind === 'bad') found.push(...read.findings);
  }
  return [...found, ...filesOf(facts, 'observed', '.ndjson').flatMap((path) => logFindings(facts, path))];
}

function logFindings({ view, prefix }: RootFacts, path: string): readonly Finding[] {
  const bytes = bytesOf(view, path);
  const file = `${prefix}${path}`;
  try {
    observedArgvs(new TextDecoder().decode(bytes), file);
    return [];
  } catch (error) {
    if (!(error instanceof CliparityError)) throw error;
    const line = Number(/:(\d+)$/.exec(error.where ?? '')?.[1] ?? 1);
    return [finding({ code: error.code, message: error.message, file, line, help: error.remedy })];
  }
}
