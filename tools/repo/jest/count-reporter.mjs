// Leaves one small file per project with its test counts, so that a cached run can be added up too.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const workspace = join(dirname(fileURLToPath(import.meta.url)), '../../..');

const namesOf = (results, status) =>
  results.testResults.flatMap((file) => file.testResults.filter((t) => t.status === status).map((t) => t.fullName));

/** What failed in one file, each with what jest says of it; a file that could not be loaded is one failure. */
function failuresOf(file) {
  const name = relative(workspace, file.testFilePath);
  if (file.testExecError && file.failureMessage) return [{ file: name, test: '', message: file.failureMessage }];
  return file.testResults
    .filter((t) => t.status === 'failed')
    .map((t) => ({ file: name, test: t.fullName, message: t.failureMessages.join('\n') }));
}

export default class CountReporter {
  onRunComplete(_contexts, results) {
    const project = process.env.CLIPARITY_TEST_PROJECT;
    if (!project) return;
    const folder = join(workspace, 'dist/test-results');
    mkdirSync(folder, { recursive: true });
    const counts = {
      project,
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      failures: results.testResults.flatMap((file) => failuresOf(file)),
      skipped: namesOf(results, 'pending'),
    };
    writeFileSync(join(folder, `${project}.json`), `${JSON.stringify(counts, null, 2)}\n`);
  }
}
