import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { writeAtomic } from '@cliparity/manifest-store';
import { UsageError } from '@cliparity/model';
import type { Reporter } from '@cliparity/plugin-api';
import type { Outcome } from './command-spec.js';
import type { Session } from './session.js';

interface Delivery {
  readonly reporter: string;
  readonly file?: string;
}

function deliveries(options: Readonly<Record<string, unknown>>): readonly Delivery[] {
  const asked = (options['reporter'] as readonly string[] | undefined) ?? [];
  const listed = asked.map((text) => {
    const at = text.indexOf('=');
    return at < 0 ? { reporter: text } : { reporter: text.slice(0, at), file: text.slice(at + 1) };
  });
  if (options['json'] === true) return [{ reporter: 'json' }, ...listed.filter((d) => d.file !== undefined)];
  return listed.some((d) => d.file === undefined) ? listed : [...listed, { reporter: 'pretty' }];
}

async function print(text: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** One reporter and where its words go; standard output without a file. */
export interface OpenDelivery {
  readonly reporter: Reporter;
  readonly file?: string;
}

/** The file a reporter writes to; its folder must be there, a misspelt path makes none. */
function fileOf(name: string): string {
  const path = resolve(name);
  if (existsSync(dirname(path))) return path;
  throw new UsageError('REPORTER_FOLDER_MISSING', `${name} cannot be written: its folder does not exist`, {
    where: dirname(path),
    remedy: 'Make the folder, or name another file.',
  });
}

/** Loads the reporters asked for. @throws UsageError REPORTER_UNKNOWN, REPORTER_FOLDER_MISSING */
export async function openDeliveries(session: Session): Promise<readonly OpenDelivery[]> {
  const open: OpenDelivery[] = [];
  for (const { reporter, file } of deliveries(session.options)) {
    open.push({
      reporter: await session.kernel.reporter(reporter),
      ...(file !== undefined && { file: fileOf(file) }),
    });
  }
  return open;
}

function render({ reporter, file }: OpenDelivery, outcome: Outcome, session: Session): string {
  if (reporter.accepts !== 'all' && !reporter.accepts.includes(outcome.result.kind)) {
    throw new UsageError(
      'REPORTER_CANNOT_RENDER',
      `the reporter "${reporter.id}" cannot render a ${outcome.result.kind} result`,
      { remedy: 'Choose another one with --reporter; json, pretty and markdown render everything.' },
    );
  }
  const terminal = file === undefined ? session.stdout : { color: false };
  return session.mask([...reporter.render(outcome.result, terminal)].join(''));
}

/**
 * Renders the outcome with every reporter asked for: files first, so that one that cannot be written leaves standard output to the error.
 * @throws CouldNotRun WRITE_FAILED, DISK_FULL
 */
export async function deliver(session: Session, open: readonly OpenDelivery[], outcome: Outcome): Promise<void> {
  if (outcome.raw !== undefined) {
    for await (const chunk of outcome.raw) await print(chunk);
    return;
  }
  const rendered = open.map((delivery) => ({ file: delivery.file, text: render(delivery, outcome, session) }));
  for (const { file, text } of rendered) if (file !== undefined) await writeAtomic(file, text);
  for (const { file, text } of rendered) if (file === undefined) await print(text);
}
