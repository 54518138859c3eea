// T9: the published vectors and the standards' own examples, per backend. The tests of hsm-core run them; here they are counted.
//
// By day the slow files are tried by a sample on the portable backend; at night all of them.

import { fileURLToPath } from 'node:url';
import { start } from '../../packages/kmsim/test/child.ts';
import { type TrialFigure, trial } from '../src/trial.ts';

interface Vectors {
  readonly total: number;
  readonly leftOut?: { readonly count: number };
  readonly passed: Readonly<Partial<Record<Backend, number>>>;
}

type Backend = 'native' | 'portable';
type Counts = Readonly<Record<Backend, number>>;

interface Proofs {
  readonly vectors: Readonly<Record<string, Vectors>>;
  /** By algorithm, then by source. */
  readonly examples: Readonly<Record<string, Readonly<Record<string, Counts>>>>;
}

const proofs = new URL('../../scripts/algorithms/proofs.mjs', import.meta.url);
const program = `
  const { runProofs } = await import(${JSON.stringify(proofs.href)});
  console.log(JSON.stringify(runProofs()));
`;

trial('T9', 'known answers', async ({ night }) => {
  const env: Readonly<Record<string, string>> = night ? { KMSIM_ALL_VECTORS: '1' } : {};
  const options = { env, cwd: fileURLToPath(new URL('../..', import.meta.url)), timeout: 3_600_000 };
  const { code, stderr, stdout } = await start(process.execPath, ['--input-type=module', '-e', program], options).ended;
  // A vector that is answered wrongly fails its test, and this program tells which.
  if (code !== 0) throw new Error(stderr);
  const { examples, vectors } = JSON.parse(stdout) as Proofs;
  const files = Object.values(vectors);
  const backends = ['native', 'portable'] as const;
  return [
    ...(files.length === 0 ? [] : backends.map((backend) => vectorFigure(files, backend, night))),
    ...backends.map((backend) => ({
      count: Object.values(examples)
        .flatMap((sources) => Object.values(sources))
        .reduce((sum, counts) => sum + counts[backend], 0),
      of: `examples of standards answered wrongly on the ${backend} backend`,
      failures: 0,
    })),
  ];
});

function vectorFigure(files: readonly Vectors[], backend: Backend, night: boolean): TrialFigure {
  // What this Node's OpenSSL does not have is done by the portable backend.
  const own = files.filter(({ passed }) => passed[backend] !== undefined);
  const taken = own.reduce((sum, { passed }) => sum + (passed[backend] ?? 0), 0);
  const inScope = own.reduce((sum, { leftOut, total }) => sum + total - (leftOut?.count ?? 0), 0);
  return {
    count: taken,
    of: `vectors answered wrongly on the ${backend} backend`,
    // At night none may be left untried.
    failures: night ? inScope - taken : 0,
    note: `${own.length} files, ${taken} of their ${inScope} vectors tried`,
  };
}
