import { describeDialect } from '@cliparity/testkit';
import dialect from './double-colon.js';

const text = `copytool moves files

  copy :: copy files
  --from, -f <dir> :: where to read
  --quiet :: say nothing
  --odd without the colons
`;

describeDialect(dialect, [{ name: 'a page of copytool', page: { text } }]);
