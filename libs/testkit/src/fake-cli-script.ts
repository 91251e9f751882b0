import type { FakeBehaviour, FakePage } from './fake-cli-spec.js';

/** One answer of the script: the command lines it answers to and where its texts lie. */
export interface ScriptAnswer {
  readonly lines: readonly string[];
  readonly page: FakePage;
  /** Files with the texts, absent when there is nothing to print. */
  readonly stdoutFile?: string | undefined;
  readonly stderrFile?: string | undefined;
}

/** Quotes a word for sh. */
export function shellWord(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

const CONNECT =
  "const s=require('net').connect(+process.argv[1],'127.0.0.1');" +
  "s.on('connect',()=>{console.log('connected');s.destroy()});s.on('error',()=>console.log('refused'))";

/** Goes on only when the sleeper has left: whoever kills the group afterwards must miss it. */
const leaveSession = (seconds: number): string =>
  `left="\${TMPDIR:-/tmp}/left.$$"\n` +
  `  setsid sh -c 'echo > "$0"; exec sleep ${seconds}' "$left" &\n` +
  `  while [ ! -e "$left" ]; do sleep 0.01; done`;

const BEHAVIOURS: { readonly [K in FakeBehaviour['kind']]: (b: Extract<FakeBehaviour, { kind: K }>) => string } = {
  hang: () => 'while :; do sleep 3600; done',
  bytes: ({ count }) => `head -c ${count} /dev/zero | tr '\\000' x`,
  env: () => 'env; echo "CWD=$(pwd)"',
  'leave-child': ({ seconds, session }) => (session === true ? leaveSession(seconds) : `sleep ${seconds} &`),
  connect: ({ port }) => `${shellWord(process.execPath)} -e ${shellWord(CONNECT)} ${port}`,
  die: ({ signal }) => `kill -${signal} $$`,
  slow: ({ seconds }) => `sleep ${seconds}`,
};

function behaviourLines(behaviour: FakeBehaviour | undefined): string[] {
  if (behaviour === undefined) return [];
  const write = BEHAVIOURS[behaviour.kind] as (b: FakeBehaviour) => string;
  return [write(behaviour)];
}

function answerBlock(answer: ScriptAnswer): string {
  const patterns = answer.lines.map(shellWord).join('|');
  const body = [
    ...behaviourLines(answer.page.behaviour),
    ...(answer.stdoutFile === undefined ? [] : [`cat ${shellWord(answer.stdoutFile)}`]),
    ...(answer.stderrFile === undefined ? [] : [`cat ${shellWord(answer.stderrFile)} >&2`]),
    `exit ${answer.page.exit ?? 0}`,
  ];
  return `${patterns})\n${body.map((line) => `  ${line}`).join('\n')}\n  ;;`;
}

/**
 * The sh script of a fake CLI: writes its argv to the named pipe `log`, then answers. The first answer that names a command line wins.
 * @param fallback sh lines for a command line that no answer names
 */
export function fakeCliScript(answers: readonly ScriptAnswer[], log: string, fallback: string): string {
  const blocks = answers.map(answerBlock).join('\n');
  return `#!/bin/sh\nline="$*"\necho "$line" 1<>${shellWord(log)}\ncase "$line" in\n${blocks}\nesac\n${fallback}\n`;
}
