import { request } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { ModelAnswer, ModelApi } from '@cliparity/plugin-api';
import { messages } from './anthropic-messages.js';
import { startModelServer, type ModelServer } from './model-server.js';
import { chat } from './openai-chat.js';
import { responses } from './openai-responses.js';

let server: ModelServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});
async function start(api: ModelApi, ...answers: readonly ModelAnswer[]): Promise<ModelServer> {
  server = await startModelServer({ api, answers });
  return server;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly broken?: boolean;
}
function ask(url: string, path: string, options: { body?: string; host?: string; method?: string } = {}) {
  return new Promise<Answer>((resolve) => {
    let text = '';
    let status = 0;
    const end = (broken?: true) => resolve({ status, text, ...(broken && { broken }) });
    const sent = request(
      `${url}${path}`,
      { method: options.method ?? 'POST', headers: options.host === undefined ? {} : { host: options.host } },
      (answer) => {
        status = answer.statusCode ?? 0;
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
        answer.on('end', () => end());
        answer.on('error', () => end(true));
      },
    );
    sent.on('error', () => end(true));
    sent.end(options.method === 'GET' ? undefined : (options.body ?? '{}'));
  });
}

describe('startModelServer', () => {
  it('plays an answer of the Responses API', async () => {
    const { url, requests, problems } = await start('openai-responses', responses.answer(responses.message('Hello')));
    const answer = await ask(url, '/responses', { body: '{"input":"hi"}' });
    expect(answer.status).toBe(200);
    expect(answer.text.match(/^event: .*$/gm)).toEqual([
      'event: response.created',
      'event: response.output_item.done',
      'event: response.completed',
    ]);
    expect(requests.map(({ number, body, path }) => ({ number, body, path }))).toEqual([
      { number: 1, body: '{"input":"hi"}', path: '/v1/responses' },
    ]);
    expect(problems()).toEqual([]);
  });

  it('plays an answer of the Messages API, whatever the query', async () => {
    const { url, problems } = await start('anthropic-messages', messages.say('m', 'Hel', 'lo'));
    const answer = await ask(url, '/v1/messages?beta=true');
    expect(answer.text.match(/"text":"[^"]+"/g)).toEqual(['"text":"Hel"', '"text":"lo"']);
    expect(answer.text).toContain('event: message_stop');
    expect(problems()).toEqual([]);
  });

  it('plays an answer of chat completions', async () => {
    const { url } = await start('openai-chat', chat.call('m', { name: 'f', args: { a: 1 } }));
    const answer = await ask(url, '/chat/completions');
    expect(answer.text.split('\n\n').filter(Boolean)).toHaveLength(3);
    expect(answer.text.endsWith('data: [DONE]\n\n')).toBe(true);
  });

  it('plays errors, broken events, cut streams and resets', async () => {
    const { url } = await start(
      'openai-responses',
      responses.error(429, 'slow down'),
      { stream: [{ do: 'raw', text: 'data: {"half' }] },
      { stream: [responses.created(), { do: 'wait', ms: 1 }, { do: 'reset' }] },
      { stream: [{ do: 'reset' }] },
    );
    expect(await ask(url, '/responses')).toMatchObject({ status: 429 });
    expect(await ask(url, '/responses')).toEqual({ status: 200, text: 'data: {"half' });
    expect(await ask(url, '/responses')).toMatchObject({ status: 200, broken: true });
    expect(await ask(url, '/responses')).toEqual({ status: 0, text: '', broken: true });
  });

  it('counts what nobody scripted and what nobody asked for', async () => {
    const { url, problems } = await start('openai-responses', { when: { request: 3 }, json: {} });
    expect(await ask(url, '/responses')).toMatchObject({ status: 501 });
    expect(await ask(url, '/models', { method: 'GET' })).toMatchObject({ status: 404 });
    expect(problems()).toEqual([
      'nobody scripted an answer to request 1',
      'nobody scripted GET /v1/models',
      'answer 1 (for request 3) was asked for 0 times, not 1',
    ]);
  });

  it('serves nobody who calls it by another name', async () => {
    const { url, requests } = await start('openai-responses', { json: {} });
    expect(await ask(url, '/responses', { host: 'attacker.example' })).toMatchObject({ status: 403 });
    expect(requests).toEqual([]);
  });

  it('refuses to listen elsewhere, and on a port in use', async () => {
    const script = { api: 'openai-responses', answers: [] } as const;
    await expect(startModelServer(script, { host: '0.0.0.0' })).rejects.toMatchObject({
      code: 'MODEL_SERVER_NOT_LOOPBACK',
    });
    const { port } = await start('openai-responses');
    for (const taken of [port, 99_999]) {
      await expect(startModelServer(script, { port: taken })).rejects.toMatchObject({ code: 'MODEL_SERVER_NO_PORT' });
    }
  });

  it('tells when it was asked, and ends an answer that never ends by closing', async () => {
    const { url, asked, close } = await start('openai-responses', { stream: [responses.created(), { do: 'hang' }] });
    const answer = ask(url, '/responses');
    await asked(1);
    await close();
    expect(await answer).toMatchObject({ broken: true });
  });
});
