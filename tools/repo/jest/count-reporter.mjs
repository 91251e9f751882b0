// Leaves one small file per project with its test counts, so that a cached run can be added up too.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const workspace = join(dirname(fileURLToPath(import.meta.url)), '../../..');

export default class CountReporter {
  onRunComplete(_contexts, results) {
    const project = process.env.CLIPARITY_TEST_PROJECT;
    if (!project) return;
    const folder = join(workspace, 'dist/test-results');
    mkdirSync(folder, { recursive: true });
    const skipped = results.testResults.flatMap((file) =>
      file.testResults.filter((t) => t.status === 'pending').map((t) => t.fullName),
    );
    const counts = {
      project,
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped,
    };
    writeFileSync(join(folder, `${project}.json`), `${JSON.stringify(counts, null, 2)}\n`);
  }
}
