import { describe, expect, it } from '@jest/globals';
import type { Store } from '../store/store.js';
import { unpackAsset } from './unpack-asset.js';

const store = { path: '/store', stage: (work: (stage: string) => unknown) => work('/store/stage') } as unknown as Store;

describe('a tree of which nobody says what in it is the executable', () => {
  it('is refused before anything is unpacked', async () => {
    const request = {
      path: '/nowhere',
      format: 'tar.gz' as const,
      what: 'fake 1.0.0 on linux-x64',
      signal: new AbortController().signal,
      store,
      shape: { kind: 'tree' as const },
      from: 'npm:fake@1.0.0',
      check: () => undefined,
    };
    await expect(unpackAsset(request)).rejects.toMatchObject({
      code: 'LOCK_TREE_INCOMPLETE',
      where: 'fake 1.0.0 on linux-x64',
    });
  });
});
