import type { Range } from './ranges.js';

/** One shape of text that carries a secret nobody registered. `pattern` is global; its group `secret` is what must not be shown. */
export interface MaskRule {
  readonly id: string;
  readonly pattern: RegExp;
}

/** Shapes known to carry secrets. None of them spans a line, so that a stream can be cut at line ends. */
export const MASK_RULES: readonly MaskRule[] = [
  // The whole user part goes: tokens are passed as user name as often as password.
  {
    id: 'url-credentials',
    pattern: /\b[a-z][a-z0-9+.-]{0,20}:\/\/(?<secret>[^\s/?#"'<>]{1,4096})@/dgi,
  },
  {
    id: 'authorization-header',
    pattern:
      /\bauthorization\\?["']?[ \t]{0,8}[:=][ \t]{0,8}\\?["']?(?:(?:bearer|basic|token|digest)[ \t]{1,8})?(?<secret>[^\s"',;\\]+)/dgi,
  },
  { id: 'bearer', pattern: /\bbearer[ \t]{1,8}(?<secret>[A-Za-z0-9._~+/=-]{12,})/dgi },
  {
    id: 'npm-credentials',
    pattern: /\b_(?:authToken|auth|password)\\?["']?[ \t]{0,8}[:=][ \t]{0,8}\\?["']?(?<secret>[^\s"',;\\]+)/dgi,
  },
];

/** What the rules find in a text. */
export function* rulePlaces(text: string): Generator<Range> {
  for (const { pattern } of MASK_RULES) {
    for (const match of text.matchAll(pattern)) {
      const span = match.indices?.groups?.['secret'];
      if (span !== undefined) yield { start: span[0], end: span[1] };
    }
  }
}
