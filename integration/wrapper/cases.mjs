// What the SDK promises of its upstream, case by case, each with what the model says meanwhile.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer, call, message } from './model.mjs';

const isBefore = (version, minor) => version.startsWith('0.') && Number(version.split('.')[1]) < minor;

/** A model that the version knows by itself. */
export function modelOf(version) {
  if (isBefore(version, 117)) return 'gpt-5.1';
  return isBefore(version, 169) ? 'gpt-5.4' : 'gpt-5.5';
}

/** A call of the shell tool that the version offers. It lasts a moment: some versions lose the end of a command that is over at once. */
function shell(version, command) {
  const words = `sleep 0.6; ${command}`;
  return isBefore(version, 117)
    ? call('shell_command', { command: words, timeout_ms: 10_000 })
    : call('exec_command', { cmd: words, yield_time_ms: 10_000 });
}

/** `answers(version)`: in the order of the requests. `run({ codex, options, folder })`: throws when the promise is not kept. */
export const CASES = [
  {
    name: 'a turn ends with the final response and its usage',
    answers: () => [answer(message('Hello!'))],
    run: async ({ codex, options }) => {
      const thread = codex.startThread(options);
      const turn = await thread.run('Say hello.');
      assert.equal(turn.finalResponse, 'Hello!');
      assert.deepEqual(
        turn.items.map(({ type }) => type),
        ['agent_message'],
      );
      assert.equal(turn.usage.input_tokens, 11);
      assert.match(thread.id, /^[0-9a-f-]{36}$/);
    },
  },
  {
    name: 'events are streamed in order',
    answers: () => [answer(message('One.'))],
    run: async ({ codex, options }) => {
      const { events } = await codex.startThread(options).runStreamed('Stream, please.');
      const seen = [];
      for await (const { type } of events) seen.push(type);
      assert.deepEqual(seen, ['thread.started', 'turn.started', 'item.completed', 'turn.completed']);
    },
  },
  {
    name: 'a thread is resumed by its id',
    answers: () => [answer(message('First.')), answer(message('Second.'))],
    run: async ({ codex, options }) => {
      const first = codex.startThread(options);
      await first.run('Begin.');
      const second = codex.resumeThread(first.id, options);
      assert.equal((await second.run('Go on.')).finalResponse, 'Second.');
      assert.equal(second.id, first.id);
    },
  },
  {
    name: 'a command runs in the working directory and is reported',
    answers: (version) => [
      answer(shell(version, 'echo made > made.txt && cat made.txt')),
      { ...answer(message('Made.')), delayMs: 600 },
    ],
    run: async ({ codex, options, folder }) => {
      const turn = await codex.startThread({ ...options, sandboxMode: 'danger-full-access' }).run('Make a file.');
      const command = turn.items.find(({ type }) => type === 'command_execution');
      assert.deepEqual([command?.status, command?.exit_code, command?.aggregated_output], ['completed', 0, 'made\n']);
      assert.equal(readFileSync(join(folder, 'made.txt'), 'utf8'), 'made\n');
      assert.equal(turn.finalResponse, 'Made.');
    },
  },
  {
    name: 'an output schema is accepted and the answer is JSON',
    answers: () => [answer(message('{"ok":true}'))],
    run: async ({ codex, options }) => {
      const outputSchema = {
        type: 'object',
        properties: { ok: { type: 'boolean' } },
        required: ['ok'],
        additionalProperties: false,
      };
      const turn = await codex.startThread(options).run('Answer in JSON.', { outputSchema });
      assert.deepEqual(JSON.parse(turn.finalResponse), { ok: true });
    },
  },
  {
    name: 'a failing model makes the turn fail',
    answers: () => [{ status: 400, json: { error: { message: 'not today', type: 'invalid_request_error' } } }],
    run: async ({ codex, options }) => {
      await assert.rejects(codex.startThread(options).run('Fail.'), /not today/);
    },
  },
];
