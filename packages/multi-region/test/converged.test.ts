// When related keys agree: each way of not agreeing.

import { expect, test } from 'vitest';
import { converged } from '../src/converged.ts';
import { regions, Simulation } from './simulation.ts';

test('related keys agree when everything has arrived, and not before', () => {
  const simulation = new Simulation(false);
  expect(simulation.isConverged).toBe(true);
  for (const step of [
    () => simulation.replicate('b'),
    () => simulation.replicate('c'),
    () => simulation.bring(),
    () => simulation.rotate(1),
    () => simulation.promote('b'),
    () => simulation.remove('c'),
  ]) {
    step();
    expect(simulation.isConverged).toBe(false);
    simulation.heal();
    expect(simulation.isConverged).toBe(true);
  }
  expect(simulation.primary?.region).toBe('b');
});

test('not without a primary, with two, without one that it names, or with one that it does not', () => {
  const simulation = new Simulation(false);
  for (const region of regions) simulation.replicate(region);
  simulation.heal();
  const [a, b, ...others] = [...simulation.keys.values()];
  if (a === undefined || b === undefined) return expect.fail('no keys');
  expect(converged([a, b, ...others])).toBe(true);
  expect(converged([b, ...others])).toBe(false);
  expect(converged([a, ...others])).toBe(false);
  expect(converged([a, { ...b, members: { ...b.members, primary: 'b' } }, ...others])).toBe(false);
  expect(converged([a, { ...b, region: 'z' }, ...others])).toBe(false);
  expect(converged([])).toBe(false);
});
