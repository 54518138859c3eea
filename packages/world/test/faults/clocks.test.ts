import { expect, test } from 'vitest';
import { Clocks } from '../../src/faults/clocks.ts';
import { simulatedWorld } from '../../src/world.ts';

test('a clock that is wrong is ahead by its skew and gains its drift', () => {
  const clocks = new Clocks([{ region: 'a', skewMs: -900_000, driftFraction: 0.01 }], 0);
  expect([0, 1_000, 100_000].map((instant) => clocks.read('a', instant))).toEqual([-900_000, -898_990, -799_000]);
  expect(clocks.read('b', 1_000)).toBe(1_000);
  expect(clocks.when('b', 1_000)).toBe(1_000);
});

test('of a plan without clocks a world has none, and of a plan that comes later none goes back', () => {
  const world = simulatedWorld({ seed: 1, start: 1_000 });
  world.setFaults({ services: [{ raise: 'AnswerLost' }] });
  expect(world.faults?.clocks).toBeUndefined();

  world.setFaults({
    network: {
      clocks: [
        { region: 'ahead', skewMs: 500 },
        { region: 'behind', skewMs: -500 },
      ],
    },
  });
  const read = (region: string) => world.faults?.clocks?.read(region, world.clock.now());
  expect([read('ahead'), read('behind'), read('right')]).toEqual([1_500, 1_000, 1_000]);
  world.clock.moveTo(1_800);
  expect([read('ahead'), read('behind'), read('right')]).toEqual([2_300, 1_300, 1_800]);

  world.setFaults({});
  expect([read('ahead'), read('behind'), read('right')]).toEqual([2_300, 1_800, 1_800]);
  expect(world.faults?.clocks?.when('ahead', 2_300)).toBe(1_800);
  expect(world.faults?.clocks?.when('ahead', 2_301)).toBe(2_301);
  world.clock.moveTo(2_400);
  expect(read('ahead')).toBe(2_400);

  const again = simulatedWorld({ seed: 1, position: world.position() });
  expect(again.faults?.clocks?.read('ahead', 2_000)).toBe(2_300);
});
