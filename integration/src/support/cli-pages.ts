import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { helpPageOf } from '@cliparity/capture';
import type { HelpPage } from '@cliparity/model';
import { runIsolated } from '@cliparity/runners';
import { startOf, type KnownCli } from './known-clis.js';

const LIMITS = { timeoutMs: 30_000, maxOutputBytes: 4_194_304, columns: 100 };

/** The pages of a CLI as it prints them here, the root's first. Runs without network, home or terminal. */
export async function pagesOf(cli: KnownCli): Promise<readonly HelpPage[]> {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'cliparity-clis-')));
  const { file, args } = startOf(cli);
  const pages: HelpPage[] = [];
  for (const path of [[], ...(cli.commands ?? [])]) {
    const argv = [...path, '--help'];
    const ran = await runIsolated({ file, args: [...args, ...argv], scratch, ...LIMITS });
    const { stdout, stderr, exitCode } = ran;
    const page = helpPageOf(
      { path: [...path], argv, stdout, stderr, exit_code: exitCode ?? -1 },
      'first-nonempty',
      cli.name,
    );
    if (page.text.trim() === '')
      throw new Error(`${cli.name} ${argv.join(' ')} printed nothing: ${JSON.stringify(ran)}`);
    pages.push(page);
  }
  rmSync(scratch, { recursive: true, force: true });
  return pages;
}
