import type { Source } from '@cliparity/plugin-api';
import { bytesFrom } from '../http/bytes-from.js';

/** A source that opens `http://127.0.0.1` locators and knows no releases. */
export const loopbackSource: Source = {
  id: 'loopback',
  revision: 1,
  async *releases() {
    yield* [];
  },
  assets: async () => [],
  owns: (locator) => locator.startsWith('http://127.0.0.1:'),
  async open(locator, from, io) {
    const headers: Record<string, string> = from > 0 ? { range: `bytes=${from}-` } : {};
    return bytesFrom(await io.fetch(locator, { headers }), locator);
  },
};
