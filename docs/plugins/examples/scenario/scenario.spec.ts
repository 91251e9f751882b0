import { describeScenario } from '@cliparity/testkit';
import scenario from './exec-json.js';

describeScenario(scenario, [{ cli: 'codex', version: '0.125.0', target: 'x86_64-unknown-linux-musl' }]);
