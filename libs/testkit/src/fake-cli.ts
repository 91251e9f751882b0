import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fakeCliScript, shellWord, type ScriptAnswer } from './fake-cli-script.js';
import type { FakeCliSpec, FakePage } from './fake-cli-spec.js';
import { openRunLog } from './run-log.js';

/** A fake CLI on disk. */
export interface FakeCli {
  /** Absolute path of the executable. */
  readonly path: string;
  /** The command lines it was started with so far, oldest first, each joined by spaces. */
  runs(): Promise<readonly string[]>;
}

const asPage = (answer: string | FakePage): FakePage => (typeof answer === 'string' ? { stdout: answer } : answer);

const helpLines = (words: string): string[] =>
  words === '' ? ['--help', '-h', 'help'] : [`${words} --help`, `${words} -h`, `help ${words}`];

function answersOf(spec: FakeCliSpec): { lines: string[]; page: FakePage }[] {
  const version = spec.version ?? `${spec.name ?? 'fake'} 1.0.0\n`;
  return [
    ...Object.entries(spec.answers ?? {}).map(([line, answer]) => ({ lines: [line], page: asPage(answer) })),
    { lines: ['--version', '-V'], page: asPage(version) },
    ...Object.entries(spec.pages).map(([words, answer]) => ({ lines: helpLines(words), page: asPage(answer) })),
  ];
}

/** Writes a text below `folder`; an empty one needs no file. */
async function textFile(file: string, text: string | Uint8Array | undefined): Promise<string | undefined> {
  if (text === undefined || text.length === 0) return undefined;
  await writeFile(file, text);
  return file;
}

async function scriptAnswers(spec: FakeCliSpec, folder: string): Promise<ScriptAnswer[]> {
  const answers: ScriptAnswer[] = [];
  for (const [index, { lines, page }] of answersOf(spec).entries()) {
    const stdoutFile = await textFile(join(folder, `${index}.out`), page.stdout);
    const stderrFile = await textFile(join(folder, `${index}.err`), page.stderr);
    answers.push({ lines, page, stdoutFile, stderrFile });
  }
  return answers;
}

function fallbackOf(spec: FakeCliSpec, answers: readonly ScriptAnswer[]): string {
  const root = answers.find((answer) => answer.lines.includes('--help'));
  if (spec.unknown === 'root-page' && root?.stdoutFile !== undefined) return `cat ${shellWord(root.stdoutFile)}`;
  return `echo "error: unrecognized command line '$line'" >&2\nexit 2`;
}

/**
 * Writes an executable sh script that behaves as the spec says, with its texts beside it. POSIX hosts only.
 * @param folder an existing folder of the test's own
 */
export async function makeFakeCli(folder: string, spec: FakeCliSpec): Promise<FakeCli> {
  const name = spec.name ?? 'fake';
  const data = join(folder, `${name}.data`);
  await mkdir(data, { recursive: true });
  const log = join(data, 'runs');
  await rm(log, { force: true });
  const runs = openRunLog(log);
  const answers = await scriptAnswers(spec, data);
  const path = join(folder, name);
  await writeFile(path, fakeCliScript(answers, log, fallbackOf(spec, answers)));
  await chmod(path, 0o755);
  return { path, runs: () => Promise.resolve(runs.lines()) };
}
