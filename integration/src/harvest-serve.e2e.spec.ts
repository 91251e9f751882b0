import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { messages, responses } from '@cliparity/model-server';
import { run, start, type Ran } from './support/command.js';
import { makePlace, put, removePlaces, type Place } from './support/place.js';

jest.setTimeout(180_000);
afterAll(removePlaces);

let place: Place;
beforeEach(() => {
  place = makePlace();
});

const SCRIPT = { api: 'openai-responses', answers: [responses.answer(responses.message('Hello'))] };

/** Serves a script, asks it what `ask` asks, stops it as Ctrl-C does. */
async function served(words: readonly string[], ask: (url: string) => Promise<void>): Promise<Ran> {
  const { child, ended } = start(place, ['serve', ...words]);
  const url = await new Promise<string>((resolve) => {
    let said = '';
    child.stderr?.on('data', (chunk: string) => {
      said += chunk;
      const found = /serving on (http\S+);/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  await ask(url);
  child.kill('SIGINT');
  return ended;
}
const post = async (url: string): Promise<string> => (await fetch(url, { method: 'POST', body: '{"q":1}' })).text();

describe('serve', () => {
  it('answers as scripted, writes down what it was asked, and ends well', async () => {
    const script = join(place.base, 'script.json');
    const requests = join(place.base, 'asked.ndjson');
    put(script, SCRIPT);
    const ran = await served(['openai', script, '--requests', requests], async (url) => {
      expect(await post(`${url}/responses`)).toContain('Hello');
    });
    expect([ran.exit, ran.stdout]).toEqual([0, expect.stringContaining('1 requests, 0 findings')]);
    const [line = ''] = readFileSync(requests, 'utf8').split('\n');
    expect(JSON.parse(line)).toEqual({
      number: 1,
      method: 'POST',
      path: '/v1/responses',
      body: '{"q":1}',
      answered: true,
    });
  });

  it('ends with findings when nobody asked for an answer, or nobody scripted one', async () => {
    const script = join(place.base, 'script.json');
    put(script, SCRIPT);
    const silent = await served([script, '--json'], () => Promise.resolve());
    expect([silent.exit, silent.stdout.includes('MODEL_SCRIPT_MISMATCH')]).toEqual([1, true]);
    put(script, { api: 'anthropic-messages', answers: [messages.say('m', 'Hi')] });
    const twice = await served(['anthropic', script, '--json'], async (url) => {
      expect(await post(`${url}/v1/messages`)).toContain('Hi');
      expect(await post(`${url}/v1/messages`)).toContain('nobody scripted an answer to request 2');
    });
    expect(twice.exit).toBe(1);
  });

  it('refuses to be another API than the script’s, or one that there is not', async () => {
    const script = join(place.base, 'script.json');
    put(script, SCRIPT);
    for (const api of ['chat', 'gemini']) {
      const ran = await run(place, ['serve', api, script]);
      expect([ran.exit, ran.stderr.includes('SERVE_API_DIFFERS')]).toEqual([2, true]);
    }
  });

  it('refuses words that it would not use, and a number that is no port', async () => {
    const script = join(place.base, 'script.json');
    put(script, SCRIPT);
    const more = await run(place, ['serve', 'openai', script, script]);
    expect([more.exit, more.stderr.includes('SERVE_WORDS_TOO_MANY')]).toEqual([2, true]);
    const port = await run(place, ['serve', script, '--port', '99999']);
    expect([port.exit, port.stderr.includes('MODEL_SERVER_NO_PORT')]).toEqual([2, true]);
  });
});
