/** Shorter values are not registered: masking them would eat ordinary words. */
export const SHORTEST_SECRET = 6;

/** Everything but unreserved characters, as the strictest encoders write it. */
function percentAll(value: string): string {
  return [...Buffer.from(value)]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      return /[A-Za-z0-9_.~-]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

function percentForms(value: string): readonly string[] {
  const strict = percentAll(value);
  // encodeURIComponent leaves !'()* alone; it refuses lone surrogates, which no UTF-8 environment can carry anyway.
  const lenient = strict.replace(/%(?:21|27|28|29|2A)/g, decodeURIComponent);
  const form = strict.replaceAll('%20', '+');
  const lower = (text: string) => text.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase());
  return [strict, lenient, form, lower(strict), lower(lenient), lower(form)];
}

/**
 * Base64 of the value wherever it stands in what was encoded: three alignments, of each only the characters that the value alone decides
 * (`user:secret` in a Basic header is found too). Both alphabets.
 */
function base64Forms(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  const forms: string[] = [];
  for (const lead of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(lead), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const first = Math.ceil((lead * 8) / 6);
    const last = Math.floor(((lead + bytes.length) * 8) / 6);
    const core = encoded.slice(first, last);
    forms.push(core, core.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return forms;
}

function jsonForms(value: string): readonly string[] {
  const once = JSON.stringify(value).slice(1, -1);
  const ascii = once.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const twice = JSON.stringify(once).slice(1, -1);
  return [once, ascii, twice, once.replaceAll('/', '\\/')];
}

/** The value and every spelling of it that is looked for, without repeats; none for a value too short to be one. */
export function formsOf(secret: string): readonly string[] {
  const values = [secret, secret.trim()].filter((value) => value.length >= SHORTEST_SECRET);
  const forms = values.flatMap((v) => [v, ...percentForms(v), ...base64Forms(v), ...jsonForms(v)]);
  return [...new Set(forms)];
}
