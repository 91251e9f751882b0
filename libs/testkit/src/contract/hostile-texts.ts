/** Texts that no page should be, for parts that must survive any. */
export const HOSTILE_TEXTS: Readonly<Record<string, string>> = {
  nothing: '',
  'a newline': '\n',
  spaces: ' '.repeat(2_000),
  'no line end': 'Usage: x',
  'one long line': `--${'a'.repeat(50_000)}`,
  'many short lines': '-\n'.repeat(20_000),
  'deep indentation': Array.from({ length: 400 }, (_, at) => `${' '.repeat(at)}-${at}`).join('\n'),
  brackets: '[<('.repeat(5_000),
  'brackets that close': `${'['.repeat(3_000)}${']'.repeat(3_000)}`,
  'a regular expression': 'Options:\n  (a+)+$ [^\\]*{1,}\n  --$1 <\\d+>',
  'names of Object.prototype':
    'Commands:\n  __proto__    x\n  constructor  y\n\nOptions:\n  --__proto__ <toString>  z\n',
  'controls and lone surrogates': 'Options:\n  --a\u0000\u001b[31m\u0007  b\ud800\n',
  'another language': 'オプション:\n  --色 <値>  説明\n  -é  été\n',
  'carriage returns': 'Usage: x\r\n\r\nOptions:\r\n  --a  b\r\n',
  'headings only': 'Usage:\n\nOptions:\n\nCommands:\n\nArguments:\n',
};
