import { readPage } from '@cliparity/help-text';
import type { Dialect } from '@cliparity/plugin-api';
import { genericStyle } from './style.js';

/** Any help page that no other dialect claims. */
const generic: Dialect = {
  id: 'generic',
  revision: 1,
  detect: () => 0.1,
  parse: (page) => readPage(page, genericStyle),
};

export default generic;
