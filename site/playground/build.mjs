// `node site/playground/build.mjs`: writes dist/, which any server of files can show. See scripts/playground.mjs.

import { buildPlayground, reportOf } from '../../scripts/playground.mjs';

process.stdout.write(`${reportOf(await buildPlayground())}\n`);
