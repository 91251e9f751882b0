import { plainJson, UsageError } from '@cliparity/model';
import { errorDocument } from './error-document.js';

/** Wrong words as the JSON document that was asked for. */
export function usageJson(said: string): void {
  const message = said.replace(/^error: /, '');
  const wrong = new UsageError('WRONG_WORDS', message, { remedy: 'Look at cliparity --help.' });
  process.stdout.write(plainJson(errorDocument(wrong)));
}
