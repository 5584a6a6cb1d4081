// Prints "passed failed" for a report of vitest and its exit status. A test file that could not
// be loaded, or a run that ended without a report, counts as one failure, never as none.
import { readFileSync } from 'node:fs';

const [file, status] = process.argv.slice(2);

function count() {
  const { numPassedTests, testResults } = JSON.parse(readFileSync(file, 'utf8'));
  const failures = testResults.map(({ status, assertionResults }) => {
    const failed = assertionResults.filter((result) => result.status === 'failed').length;
    return status === 'failed' && failed === 0 ? 1 : failed;
  });
  return { passed: numPassedTests, failed: failures.reduce((sum, n) => sum + n, 0) };
}

let counted = { passed: 0, failed: 0 };
try {
  counted = count();
} catch (error) {
  console.error(error);
}
if (status !== '0' && counted.failed === 0) counted.failed = 1;
console.log(`${counted.passed} ${counted.failed}`);
