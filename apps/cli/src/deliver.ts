import { writeFile } from 'node:fs/promises';
import { UsageError } from '@cliparity/model';
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

/** Renders the outcome with every reporter asked for: to standard output, or to the file it names. */
export async function deliver(session: Session, outcome: Outcome): Promise<void> {
  if (outcome.raw !== undefined) {
    for await (const chunk of outcome.raw) await print(chunk);
    return;
  }
  for (const { reporter: name, file } of deliveries(session.options)) {
    const reporter = await session.kernel.reporter(name);
    if (reporter.accepts !== 'all' && !reporter.accepts.includes(outcome.result.kind)) {
      throw new UsageError(
        'REPORTER_CANNOT_RENDER',
        `the reporter "${name}" cannot render a ${outcome.result.kind} result`,
        {
          remedy: 'Choose another one with --reporter; json, pretty and markdown render everything.',
        },
      );
    }
    const terminal = file === undefined ? session.stdout : { color: false };
    const text = session.mask([...reporter.render(outcome.result, terminal)].join(''));
    await (file === undefined ? print(text) : writeFile(file, text));
  }
}
