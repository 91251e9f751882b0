import { describeTarget } from '@cliparity/testkit';
import target from './riscv64gc-unknown-linux-musl.js';

describeTarget(target);
