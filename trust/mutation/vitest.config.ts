// The tests that judge mutants: those of one package, in the copy of the sources that Stryker made and works in.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const tests: readonly string[] = JSON.parse(process.env['KMSIM_MUTATION_TESTS'] ?? '[]');
/** The names of the mutated files, where they are few: their own tests come first. */
const mutated: readonly string[] = JSON.parse(process.env['KMSIM_MUTATED'] ?? '[]');

/** What takes long comes last: the first test that fails ends the run. */
class QuickOnesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return [...files].sort((one, other) => weight(one) - weight(other) || (one.moduleId < other.moduleId ? -1 : 1));
  }
}

function weight({ moduleId }: TestSpecification): number {
  if (mutated.some((name) => moduleId.endsWith(`/${name}.test.ts`))) return 0;
  if (/speed|differential/.test(moduleId)) return 3;
  return moduleId.endsWith('.property.test.ts') ? 2 : 1;
}

/** A single mutant without Stryker: scripts/mutation/again.mjs. */
const again: Plugin = {
  name: 'kmsim-mutant',
  enforce: 'pre',
  transform(_source, id) {
    const file = process.env['KMSIM_MUTANT'];
    if (file === undefined) return undefined;
    const mutant: { readonly id: string; readonly code: string } = JSON.parse(readFileSync(file, 'utf8'));
    return id.split('?')[0] === mutant.id ? mutant.code : undefined;
  },
};

export default defineConfig({
  plugins: [again],
  root: process.cwd(),
  ssr: { resolve: { conditions: ['source', 'node'] } },
  resolve: { alias: { '@fast-check/vitest': fileURLToPath(new URL('property-tests.ts', import.meta.url)) } },
  test: {
    include: [...tests],
    isolate: false,
    setupFiles: ['vitest.setup.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    sequence: { sequencer: QuickOnesFirst },
    // Fewer cases than in a run of the tests: what slips through here, a run of the tests may still catch.
    env: { AUTHZ_PAIRS: '3000' },
  },
});
