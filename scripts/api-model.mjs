// Writes packages/kms/src/api/{types,shapes}.ts from the installed @aws-sdk/client-kms.
//
//   node scripts/api-model.mjs            write both files
//   node scripts/api-model.mjs --check    compare only; exit 1 when one of them is stale
//   node scripts/api-model.mjs --to DIR   another folder (with or without --check)

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { printShapes, printTypes } from './api-model/print.mjs';
import { readModel } from './api-model/sdk.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    to: { type: 'string', default: join(root, 'packages/kms/src/api') },
  },
});

const model = await readModel();
const files = { 'types.ts': printTypes(model), 'shapes.ts': printShapes(model) };

const stale = Object.entries(files).filter(([name, text]) => textOf(join(options.to, name)) !== text);
if (options.check) {
  for (const [name] of stale) {
    const path = relative(root, join(options.to, name));
    console.error(`${path} does not match @aws-sdk/client-kms ${model.version}: run npm run api-model`);
  }
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  mkdirSync(options.to, { recursive: true });
  for (const [name, text] of stale) writeFileSync(join(options.to, name), text);
  const written = stale.length === 0 ? 'nothing to write' : stale.map(([name]) => name).join(', ');
  console.log(`api-model: @aws-sdk/client-kms ${model.version}: ${written}`);
}

function textOf(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
