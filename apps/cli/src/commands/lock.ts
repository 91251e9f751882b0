import { resolve } from 'node:path';
import { UsageError } from '@cliparity/model';
import { lockExport, lockImport, lockVersion } from '@cliparity/steps';
import type { Run } from '../command-spec.js';
import { isSet, listOption } from './options.js';
import { done, withFindings } from './outcome.js';

const badWords = (words: readonly string[]): UsageError =>
  new UsageError('LOCK_WORDS', `cliparity lock does not understand "${words.join(' ')}"`, {
    where: 'lock',
    remedy: 'Write: lock CLI VERSION, lock export CLI VERSION FILE, or lock import CLI FILE.',
  });

const pin: Run = async ({ bench }, { args: [cli = '', version = ''], options }) => {
  const { result, findings } = await lockVersion(bench, {
    cli,
    version,
    targets: listOption(options, 'target'),
    check: isSet(options, 'check'),
    verify: isSet(options, 'verify'),
    force: isSet(options, 'force'),
  });
  return withFindings(result, findings);
};

/** How many words there are says what is meant, so that a root may be called `export` or `import`. */
export const run: Run = async (session, invocation) => {
  const { args, options } = invocation;
  if (args.length === 2) return pin(session, invocation);
  const [action, cli = '', third = '', fourth = ''] = args;
  for (const flag of ['check', 'verify', 'force']) if (isSet(options, flag)) throw badWords([...args, `--${flag}`]);
  if (action === 'export' && args.length === 4) {
    const targets = listOption(options, 'target');
    return done(await lockExport(session.bench, { cli, version: third, file: resolve(fourth), targets }));
  }
  if (action !== 'import' || args.length !== 3) throw badWords(args);
  if (listOption(options, 'target') !== undefined) throw badWords([...args, '--target']);
  return done(await lockImport(session.bench, { cli, file: resolve(third) }));
};
