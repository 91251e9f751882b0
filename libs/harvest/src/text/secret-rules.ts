import type { SecretLintCoreResultMessage } from '@secretlint/types';

/** A place in a text that a rule takes for a secret. */
export interface SecretPlace {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
}

async function loadLinter() {
  const [{ lintSource }, { creator }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
  ]);
  const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator, options: {} }] };
  return (content: string) =>
    lintSource({
      source: { content, filePath: 'fixture.jsonl', ext: '.jsonl', contentType: 'text' },
      options: { config, noPhysicFilePath: true },
    });
}

let linter: ReturnType<typeof loadLinter> | undefined;

const place = ({ ruleId, range }: SecretLintCoreResultMessage): SecretPlace => ({
  rule: ruleId.replace('@secretlint/secretlint-rule-', ''),
  start: range[0],
  end: range[1],
});

/** What secretlint's recommended rules find in a text. The rules are loaded with the first text. */
export async function secretPlaces(text: string): Promise<readonly SecretPlace[]> {
  linter ??= loadLinter();
  const lint = await linter;
  const { messages } = await lint(text);
  return messages.map(place);
}
