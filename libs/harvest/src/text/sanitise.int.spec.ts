import { describe, expect, it } from '@jest/globals';
import { maskerOf, sanitiseByRules, sanitiseValues, secretsOf } from './sanitise.js';

/** Made here, piece by piece: no file of ours holds anything a scanner would take for a secret. */
const GITHUB = `gh${'p_'}${'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'}`;
const AWS = `AKIA${'IOSFODNN7EXAMPLZ'}`;

describe('sanitiseByRules', () => {
  it('takes out what scanners know, and leaves JSON behind', async () => {
    const text = `${JSON.stringify({ text: `use ${GITHUB} now` })}\n${JSON.stringify({ aws_access_key_id: AWS })}\n`;
    const { text: out, redactions } = await sanitiseByRules(text);
    expect(out).not.toContain(GITHUB);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown)[0],
    ).toEqual({ text: 'use *** now' });
    expect(redactions.map(({ by }) => by)).toContain('github');
  });

  it('leaves events alone', async () => {
    const text = '{"type":"turn.completed","usage":{"input_tokens":11,"output_tokens":7}}\n';
    expect(await sanitiseByRules(text)).toEqual({ text, redactions: [] });
  });
});

describe('sanitiseValues', () => {
  it('takes registered values out and counts them', () => {
    const masker = maskerOf(['LEAK-value']);
    expect(sanitiseValues('a LEAK-value and TEVBSy12YWx1ZQ== end', masker).redactions).toEqual([
      { by: 'value', count: 2 },
    ]);
    expect(sanitiseValues('nothing', masker)).toEqual({ text: 'nothing', redactions: [] });
  });

  it('knows by its name what in an environment is secret', () => {
    expect(secretsOf({ API_KEY: 'one-one', npm_token: 'two-two', PATH: '/bin', HOME: '/h' })).toEqual([
      'one-one',
      'two-two',
    ]);
  });
});
