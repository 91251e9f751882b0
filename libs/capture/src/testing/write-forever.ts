// For tests: writes a page file over and over until somebody kills it. Arguments: the store's folder.
import { pageStoreIn } from '../page-store.js';

const key = { binary_sha256: 'a'.repeat(64), settings_sha256: 'b'.repeat(64) };
const store = pageStoreIn(process.argv[2] ?? '');

for (let turn = 0; ; turn += 1) {
  const stdout = `${turn} ${'page '.repeat(20_000)}`;
  await store.write(key, {
    version_output: `t 1.0.${turn}`,
    pages: [{ path: [], argv: ['--help'], stdout, stderr: '', exit_code: 0 }],
  });
  if (turn === 0) process.stdout.write('written\n');
}
