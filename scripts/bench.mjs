// `npm run bench`: the hot-path benchmarks, on the compiled packages.

import { ensureBuilt, ensureInstalled } from './ensure.mjs';
import { runFile } from './run.mjs';

ensureInstalled();
ensureBuilt();
process.exitCode = runFile('bench/dist/main.js', process.argv.slice(2), ['--expose-gc']);
