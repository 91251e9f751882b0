import { it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { scanCodes } from './testing/scan-codes.js';
import { shippedSources } from './testing/source-files.js';
it('lists', () => {
  const { uses, unreadable } = scanCodes(shippedSources(new URL('../../..', import.meta.url).pathname));
  const m = new Map<string, string[]>();
  for (const u of uses) m.set(u.code, [...(m.get(u.code) ?? []), `${u.kinds.join('|')} ${u.at}`]);
  writeFileSync('/tmp/h6/codes', [...m].sort(([a],[b])=>a<b?-1:1).map(([c, l]) => `${c}\t${l.join('; ')}`).join('\n') + '\n\nUNREADABLE\n' + unreadable.join('\n'));
});
