// `npm test`: the tests, or those that the arguments name. `npm run test:programs`: those that spend their time in programs of others. The last lines hold
// the counts.

import { ensureInstalled } from './ensure.mjs';
import { runTool } from './run.mjs';

ensureInstalled();
if (process.env.CI) {
  process.env.NO_COLOR = '1';
  delete process.env.FORCE_COLOR;
}
const [first, ...others] = process.argv.slice(2);
const withPrograms = first === '--programs';
const args = withPrograms ? others : process.argv.slice(2);
// A file that is named is run, whatever it needs.
const namesFiles = args.some((arg) => !arg.startsWith('-'));
if (withPrograms) process.env.KMSIM_TESTS = 'with programs';
else if (!namesFiles) process.env.KMSIM_TESTS = 'without programs';
process.exitCode = runTool('vitest', ['run', ...args]);
if (process.env.KMSIM_TESTS === 'without programs') {
  console.log('Beside these there are tests with Chromium, the AWS CLI, Ansible and Python: npm run test:programs');
}
