// Every operation of every key spec but the symmetric one, against node:crypto.

import { createKmsim } from 'kmsim';
import { interleave, type Timing } from './interleave.ts';
import { alternativesOf, type Case, ways } from './key-specs/case.ts';
import { curveCases } from './key-specs/curves.ts';
import { hmacCases } from './key-specs/hmac.ts';
import { postQuantumCases } from './key-specs/post-quantum.ts';
import { rsaCases } from './key-specs/rsa.ts';
import { sm2Cases } from './key-specs/sm2.ts';
import { seed } from './keys.ts';
import { figure } from './statistics.ts';
import type { Row, Suite, Table } from './suite.ts';

/** One backend in one process: two would make the compiled code of both slower than either is alone. */
export function keySpecSuite(backend: 'native' | 'portable'): Suite {
  return {
    name: backend === 'native' ? 'key-specs' : `key-specs-${backend}`,
    about: `Operations of all key specs on the ${backend} backend against node:crypto, as shares of its throughput.`,
    nodeFlags: [],
    run: async (effort) => {
      const options = { seed, backend };
      const sim = createKmsim(options);
      const cases = [rsaCases, curveCases, hmacCases, postQuantumCases].map((make) => () => make(sim));
      const tables: Table[] = [];
      for (const make of [...cases, () => sm2Cases(options)]) {
        for (const one of await make()) tables.push(tableOf(one, await interleave(alternativesOf(one), effort)));
      }
      return tables;
    },
  };
}

/** Each round is compared with the floor's batch of the same round. */
function tableOf({ name, spec }: Case, timings: readonly Timing[]): Table {
  const floor = timings.find((timing) => timing.name === ways.raw);
  const rows = timings.map((timing): Row => {
    const shares = floor?.rounds.map((time, round) => time / (timing.rounds[round] ?? Number.NaN));
    return {
      name: timing.name,
      figures: {
        'CPU a call': figure('ns', timing.rounds),
        ...(shares !== undefined && timing !== floor && { 'of the raw throughput': figure('share', shares) }),
      },
    };
  });
  return { title: `${spec}, ${name}`, rows };
}
