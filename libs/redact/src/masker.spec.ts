import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formsOf } from './forms.js';
import { createMasker } from './masker.js';

const masker = (...secrets: readonly string[]) => {
  const made = createMasker();
  secrets.forEach(made.add);
  return made;
};
const streamed = async (made: ReturnType<typeof createMasker>, chunks: readonly string[]) => {
  let text = '';
  for await (const part of made.maskStream(chunks)) text += part;
  return text;
};

describe('mask by value', () => {
  const secret = 'p@ss "wörd"/1';
  it.each([
    ['as it is', secret],
    ['URL-encoded', encodeURIComponent(secret)],
    ['URL-encoded, lower case', encodeURIComponent(secret).replace(/%../g, (hex) => hex.toLowerCase())],
    ['as a form field', new URLSearchParams({ v: secret }).toString().slice(2)],
    ['JSON-escaped', JSON.stringify(secret).slice(1, -1)],
    ['JSON-escaped twice', JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
  ])('%s', (_how, spelled) => {
    expect(masker(secret).mask(`before ${spelled} after`)).toBe('before *** after');
  });

  it.each(['', 'u', 'us', 'user:'])('base64 after %j', (lead) => {
    const encoded = Buffer.from(`${lead}${secret}`).toString('base64');
    const masked = masker(secret).mask(`x ${encoded} y`);
    expect(masked).toContain('***');
    const rest = masked.slice(2, -2).replace('***', '');
    expect(rest.length).toBeLessThan(encoded.length - Math.floor((secret.length * 8) / 6) + 8);
  });

  it('leaves values shorter than six characters alone', () => {
    expect(masker('abc', '12345').mask('abc 12345')).toBe('abc 12345');
  });

  it('masks the trimmed value of a file that ends with a newline', () => {
    expect(masker('s3cr3tvalue\n').mask('is s3cr3tvalue.')).toBe('is ***.');
  });

  it('leaves no half of two values that overlap', () => {
    expect(masker('abcdef', 'defghi').mask('xabcdefghix')).toBe('x***x');
  });

  it('masks a secret that a mask itself completes', () => {
    expect(masker('a***bc', 'topsecret').mask('atopsecretbc')).toBe('***');
  });
});

describe('mask by rule', () => {
  it.each([
    ['see https://user:pa55@example.org/x', 'see https://***@example.org/x'],
    ['see https://ghtoken@example.org/x', 'see https://***@example.org/x'],
    ['Authorization: Bearer abc.def-ghi', 'Authorization: Bearer ***'],
    ['{"authorization":"Basic dXNlcjpwdw=="}', '{"authorization":"Basic ***"}'],
    ['//r.example.org/:_authToken=npm_123456', '//r.example.org/:_authToken=***'],
    ['_password = "c2VjcmV0"', '_password = "***"'],
    ['sent bearer abcdefghijklmnop', 'sent bearer ***'],
  ])('%s', (text, masked) => {
    expect(masker().mask(text)).toBe(masked);
    expect(masker().mask(masked)).toBe(masked);
  });

  it.each(['https://example.org/a@b', 'the bearer of news', 'mail me@example.org', 'authorization is needed'])(
    'leaves %j alone',
    (text) => {
      expect(masker().mask(text)).toBe(text);
    },
  );
});

/** Few characters, so that secrets overlap, contain each other and meet masks. */
const secretText = fc.string({ unit: fc.constantFrom('a', 'b', '*', '/', '"', 'ö', ' '), minLength: 6, maxLength: 12 });
const filler = fc.string({ unit: fc.constantFrom('a', 'b', '*', ' ', '\n', '"'), maxLength: 8 });
const scene = fc.array(secretText, { minLength: 1, maxLength: 3 }).chain((secrets) =>
  fc.record({
    secrets: fc.constant(secrets),
    text: fc
      .array(fc.oneof(filler, fc.constantFrom(...secrets.flatMap(formsOf))), { maxLength: 12 })
      .map((parts) => parts.join('')),
  }),
);
const survivors = (secrets: readonly string[], text: string) =>
  secrets.flatMap(formsOf).filter((form) => text.includes(form));

describe('no registered secret survives', () => {
  it('in any text', () => {
    fc.assert(
      fc.property(scene, ({ secrets, text }) => {
        const made = masker(...secrets);
        const masked = made.mask(text);
        expect(survivors(secrets, masked)).toEqual([]);
        expect(made.mask(masked)).toBe(masked);
      }),
    );
  });

  it('in any stream, wherever it is cut, and the stream reads like the whole text', async () => {
    await fc.assert(
      fc.asyncProperty(scene, fc.infiniteStream(fc.integer({ min: 1, max: 9 })), async ({ secrets, text }, sizes) => {
        const chunks: string[] = [];
        for (let at = 0; at < text.length;) {
          const size = sizes.next().value as number;
          chunks.push(text.slice(at, at + size));
          at += size;
        }
        const made = masker(...secrets);
        const masked = await streamed(made, chunks);
        expect(survivors(secrets, masked)).toEqual([]);
        expect(masked).toBe(made.mask(text));
      }),
    );
  });

  it('in a line too long to be held', async () => {
    const long = 'x'.repeat(70_000);
    const masked = await streamed(masker('topsecret'), [`${long}topse`, `cret${long}`, 'tops', 'ecret']);
    expect(masked).toBe(`${long}***${long}***`);
  });
});

describe('maskStream', () => {
  it('passes finished lines on before the stream ends', async () => {
    const seen: string[] = [];
    async function* chunks() {
      yield `first line\n${'-'.repeat(100)}`;
      seen.push('asked again');
      yield 'end\n';
    }
    for await (const part of masker('hidden-value').maskStream(chunks())) seen.push(part);
    expect(seen).toEqual(['first line\n', 'asked again', `${'-'.repeat(100)}end\n`]);
  });

  it('never parts a rule from the words it needs', async () => {
    const line = 'Authorization: Bearer short';
    for (let at = 1; at < line.length; at += 1) {
      const made = masker('another-value');
      const chunks = [`${line.slice(0, at)}`, `${line.slice(at)}\nx`, `${' '.repeat(60)}\n`, 'end'];
      expect(await streamed(made, chunks)).toBe(made.mask(chunks.join('')));
    }
  });

  it('masks credentials in a URL that arrives in pieces', async () => {
    expect(await streamed(masker(), ['get https://us', 'er:pw', '@example.org\nnext'])).toBe(
      'get https://***@example.org\nnext',
    );
  });
});
