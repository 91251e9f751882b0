// The scripted model: `cliparity serve`, as anybody can start it, and what it says in the cases.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const event = (data) => ({ do: 'event', data });
const done = (item) => event({ type: 'response.output_item.done', item });

/** An answer that holds these output items. */
export function answer(...items) {
  const usage = {
    input_tokens: 11,
    input_tokens_details: null,
    output_tokens: 7,
    output_tokens_details: null,
    total_tokens: 18,
  };
  const created = event({ type: 'response.created', response: { id: 'resp_1' } });
  const completed = event({ type: 'response.completed', response: { id: 'resp_1', usage } });
  return { stream: [created, ...items.map(done), completed] };
}

export const message = (text) => ({
  type: 'message',
  role: 'assistant',
  id: 'msg_1',
  content: [{ type: 'output_text', text }],
});

/** A call of a tool with a JSON object of arguments. */
export const call = (name, args) => ({
  type: 'function_call',
  id: 'fc_1',
  call_id: 'call_1',
  name,
  arguments: JSON.stringify(args),
});

/** Starts the model. `stop` answers with its exit code: 3 when it was not asked exactly what the script answers. */
export async function startModel(workspace, folder, answers) {
  const script = join(folder, 'model.json');
  writeFileSync(script, JSON.stringify({ api: 'openai-responses', answers }));
  const words = [join(workspace, 'apps/cli/bin/cliparity.mjs'), '-C', workspace, 'serve', script];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const said = [];
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line);
      const found = /serving on (\S+?);/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new Error(`the model did not start:\n${said.join('\n')}`)));
  });
  const stop = async () => {
    child.kill('SIGINT');
    const code = await ended;
    if (code !== 0) throw new Error(`the model ended with ${String(code)}:\n${said.join('\n')}`);
  };
  return { url, stop, kill: () => child.kill('SIGKILL') };
}
