// `npm test`: every test, or those that the arguments name. The last lines hold the counts.

import { ensureInstalled } from './ensure.mjs';
import { runTool } from './run.mjs';

ensureInstalled();
if (process.env.CI) {
  process.env.NO_COLOR = '1';
  delete process.env.FORCE_COLOR;
}
process.exitCode = runTool('vitest', ['run', ...process.argv.slice(2)]);
