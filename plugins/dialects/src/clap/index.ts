import { readPage } from '@cliparity/help-text';
import type { Dialect } from '@cliparity/plugin-api';
import { detectClap } from './detect.js';
import { clapStyle } from './style.js';

/** Help pages that Rust's clap renders, versions 2 to 4, short and long form. */
const clap: Dialect = {
  id: 'clap',
  revision: 1,
  detect: ({ text }) => detectClap(text),
  parse: (page) => readPage(page, clapStyle),
};

export default clap;
