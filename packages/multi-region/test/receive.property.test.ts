// Messages between related keys over a network that loses, repeats and reorders them: what never breaks, and what comes out in the end.

import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { regions, Simulation } from './simulation.ts';

const region = fc.constantFrom(...regions);
const fate = fc.constantFrom('arrives', 'arrives', 'arrives', 'arrives', 'is lost', 'arrives twice');
const nth = fc.nat(30);

const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('replicate' as const), region }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('promote' as const), region }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('bring' as const, 'rotate' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('import' as const, 'import' as const, 'lose' as const, 'remove' as const),
      region,
    }),
  },
  { weight: 12, arbitrary: fc.record({ do: fc.constant('arrive' as const), nth, fate }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resend' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const steps = fc.array(step, { minLength: 10, maxLength: 80, size: 'max' });

function play(simulation: Simulation, one: Step, at: number): void {
  switch (one.do) {
    case 'replicate':
    case 'promote':
    case 'import':
    case 'lose':
    case 'remove':
      simulation[one.do](one.region);
      break;
    case 'arrive':
      simulation.arrive(one.nth, one.fate as 'arrives');
      break;
    case 'rotate':
      simulation.rotate(at);
      break;
    case 'bring':
    case 'resend':
      simulation[one.do]();
      break;
  }
}

describe.each([
  ['made by the primary', false],
  ['imported', true],
])('material that is %s', (_name, imported) => {
  test.prop([steps], { numRuns: 200 })(
    'there is never a second primary, and no material is used before everyone has it',
    (all) => {
      const simulation = new Simulation(imported);
      for (const [at, one] of all.entries()) {
        play(simulation, one, at);
        expect(simulation.broken()).toEqual([]);
      }
    },
  );

  test.prop([steps], { numRuns: 200 })(
    'whatever was lost, repeated and reordered, all agree once it is sent again',
    (all) => {
      const simulation = new Simulation(imported);
      for (const [at, one] of all.entries()) play(simulation, one, at);
      simulation.heal();
      expect(simulation.broken()).toEqual([]);
      expect(simulation.parcels).toEqual([]);
      expect([...simulation.letters.keys()]).toEqual([]);
      expect(simulation.isConverged).toBe(true);
      expect(simulation.knowsWhoHolds).toBe(true);
    },
  );
});

// A property that never fires proves nothing.
test('the steps reach promotions, rotations and returns of replicas', () => {
  const reached = new Set<string>();
  const property = fc.property(steps, (all) => {
    const simulation = new Simulation(false);
    const removed = new Set<string>();
    for (const [at, one] of all.entries()) {
      const before = simulation.primary;
      play(simulation, one, at);
      const { primary } = simulation;
      if (one.do === 'remove' && !simulation.keys.has(one.region)) removed.add(one.region);
      if (primary !== undefined && primary.region !== 'a') reached.add('another primary');
      if (primary === undefined) reached.add('no primary for a while');
      if ((primary?.shared.materials.length ?? 0) > 2) reached.add('two rotations');
      if (one.do === 'replicate' && removed.has(one.region) && simulation.keys.has(one.region)) reached.add('a return');
      if (before !== undefined && one.do === 'rotate' && before === primary && primary.shared.coming !== undefined)
        reached.add('a rotation that waits');
    }
  });
  fc.assert(property, { numRuns: 200 });
  expect([...reached].sort()).toEqual([
    'a return',
    'a rotation that waits',
    'another primary',
    'no primary for a while',
    'two rotations',
  ]);
});
