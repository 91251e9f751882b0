import { describeReporter } from '@cliparity/testkit';
import reporter from './tsv.js';

describeReporter(reporter);
