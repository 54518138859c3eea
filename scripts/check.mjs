// `npm run check`: everything that CI looks at besides the tests. One line a step; a failed step shows what it said.

import { ensureInstalled } from './ensure.mjs';
import { houseRules } from './house-rules.mjs';
import { packageFaults } from './packages.mjs';
import { captureFile, captureTool, root } from './run.mjs';

const steps = [
  ['format and lint', formatAndLint],
  ['types', () => captureTool('typescript', ['-b'])],
  ['types of the tests', () => captureTool('typescript', ['-p', 'tsconfig.tests.json'])],
  ['API model', () => captureFile('scripts/api-model.mjs', ['--check'])],
  ['fidelity page', () => captureFile('scripts/fidelity.mjs', ['--check'])],
  ['policy pages', () => captureFile('scripts/policy-docs.mjs', ['--check'])],
  ['algorithms page', () => captureFile('scripts/algorithms.mjs', ['--check'])],
  ['performance page', () => captureFile('scripts/performance.mjs', ['--check'])],
  ['pages of the trials', () => captureFile('scripts/trust-docs.mjs', ['--check'])],
  ['pictures', () => captureFile('scripts/pictures.mjs', ['--check'])],
  ['house rules', () => none(houseRules(root))],
  ['unused code', () => captureTool('knip', ['--no-progress'])],
  ['packed packages', async () => none(await packageFaults())],
  ['sizes of packages', () => captureFile('scripts/sizes.mjs', ['--check'])],
];

ensureInstalled();
const failed = [];
for (const [name, run] of steps) {
  const began = performance.now();
  const { ok, output } = await run();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${ok ? 'ok    ' : 'failed'}  ${name.padEnd(20)} ${seconds.padStart(5)} s`);
  if (ok) continue;
  failed.push(name);
  console.log(`\n${output}\n`);
}
console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;

function formatAndLint() {
  const { ok, output } = captureTool('@biomejs/biome', [
    'ci',
    '--colors=off',
    '--error-on-warnings',
    '--max-diagnostics=200',
  ]);
  return { ok, output: `${output}\n\n\`npm run format\` mends what a tool can mend.` };
}

function none(faults) {
  return { ok: faults.length === 0, output: faults.join('\n') };
}
