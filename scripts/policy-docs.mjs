// `npm run policy-docs`: writes docs/authorization.md and the generated parts of two guides; with --check it only compares.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, ensureInstalled } from './ensure.mjs';
import { authorizationPage, unproved } from './policy-docs/authorization-page.mjs';
import { filled } from './policy-docs/guide.mjs';
import { truthTable } from './policy-docs/truth-table.mjs';
import { root } from './run.mjs';

ensureInstalled();
ensureBuilt();
// By path: the workspace itself depends on kmsim only.
const built = (file) => import(pathToFileURL(join(root, 'packages', 'authz', 'dist', file)).href);
const authz = await built('index.js');
const { OPERATORS: operators } = await built('operators.js');

const folder = join(root, 'packages', 'authz', 'test', 'cases');
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .flatMap((name) => {
    const { cases: list, defaults } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    return list.map((written) => ({ defaults, written }));
  });

const guide = (name) => filled(readFileSync(join(root, 'docs', name), 'utf8'), truthTable(authz));
const pages = {
  'authorization.md': authorizationPage({ authz, cases, operators }),
  'test-your-key-policy.md': guide('test-your-key-policy.md'),
  'troubleshooting.md': guide('troubleshooting.md'),
};

for (const claim of unproved({ authz, cases, operators })) {
  console.log(`No case allows, or none denies: ${claim}. Write one in packages/authz/test/cases.`);
  process.exitCode = 1;
}
for (const [name, page] of Object.entries(pages)) {
  const file = join(root, 'docs', name);
  if (!process.argv.includes('--check')) writeFileSync(file, page);
  else if (readFileSync(file, 'utf8') !== page) {
    console.log(`docs/${name} is stale: run \`npm run policy-docs\`.`);
    process.exitCode = 1;
  }
}
