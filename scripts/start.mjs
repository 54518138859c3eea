// `npm start`: the tour, from a fresh clone in one command.

import { ensureBuilt, ensureInstalled } from './ensure.mjs';
import { runFile } from './run.mjs';

ensureInstalled();
ensureBuilt();
process.exitCode = runFile('scripts/tour/main.mjs', process.argv.slice(2));
