import { validateRoot } from '@cliparity/rules';
import { treeFacts } from './version-tree.js';

/** Validates a root in a process of its own; prints the findings and the most memory that the process ever held. */
const [folder = ''] = process.argv.slice(2);
const { findings } = await validateRoot(treeFacts(folder));
const peakBytes = process.resourceUsage().maxRSS * 1024;
process.stdout.write(`${JSON.stringify({ findings: findings.length, peakBytes })}\n`);
