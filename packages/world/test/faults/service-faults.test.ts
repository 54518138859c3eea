// Which request meets a fault: conditions, chance, count and window.

import { describe, expect, test } from 'vitest';
import type { ServiceFault } from '../../src/faults/fault-plan.ts';
import type { ServiceFaults, Strike, Struck } from '../../src/faults/service-faults.ts';
import { simulatedWorld, type World } from '../../src/world.ts';

const request: Struck = {
  operation: 'Encrypt',
  region: 'us-east-1',
  at: 0,
  isAbout: (key) => key === 'k',
  isBy: (principal) => principal === 'p',
};
const raise = 'X';
const can = (): boolean => true;

function worldOf(...services: readonly ServiceFault[]): World {
  return simulatedWorld({ seed: 'services', start: 0, faults: { services } });
}
function faultsOf(world: World): ServiceFaults {
  const faults = world.faults?.services;
  if (faults === undefined) throw new Error('no faults');
  return faults;
}
const struck = (fault: ServiceFault, asked: Partial<Struck> = {}): boolean =>
  faultsOf(worldOf(fault)).strike({ ...request, ...asked }, can) !== undefined;

test.each([
  [{}, true],
  [{ operations: ['Decrypt', 'Encrypt'] }, true],
  [{ operations: ['Decrypt'] }, false],
  [{ regions: ['us-east-1'] }, true],
  [{ regions: ['eu-west-1'] }, false],
  [{ keys: ['j', 'k'] }, true],
  [{ keys: ['j'] }, false],
  [{ principals: ['p'] }, true],
  [{ principals: ['q'] }, false],
  [{ operations: ['Encrypt'], keys: ['j'] }, false],
  [{ probability: 0 }, false],
  [{ probability: 1 }, true],
])('%j', (conditions, expected) => {
  expect(struck({ raise, ...conditions })).toBe(expected);
});

test('a window holds its first instant and not its last, counted from where the plan begins', () => {
  const window = { raise, fromMs: 10, untilMs: 20 };
  expect([9, 10, 19, 20].map((at) => struck(window, { at }))).toEqual([false, true, true, false]);
  const world = simulatedWorld({ seed: 1, start: 1_000 });
  world.clock.moveTo(5_000);
  world.setFaults({ services: [window] });
  expect([5_009, 5_010].map((at) => faultsOf(world).strike({ ...request, at }, can) !== undefined)).toEqual([
    false,
    true,
  ]);
});

test('the first that strikes is the one that happens; what cannot happen to the request is passed over', () => {
  const faults = faultsOf(worldOf({ raise: 'A', probability: 0 }, { raise: 'B' }, { raise: 'C' }));
  expect(faults.strike(request, can)).toMatchObject({ rule: 1, fault: { raise: 'B' } });
  expect(faults.strike(request, (fault) => fault.raise === 'C')).toMatchObject({ rule: 2 });
  expect(faults.strike(request, () => false)).toBeUndefined();
});

test('a chance comes true as often as it says', () => {
  const faults = faultsOf(worldOf({ raise, probability: 0.25 }));
  const strikes = Array.from({ length: 4_000 }, () => faults.strike(request, can)).filter((one) => one !== undefined);
  expect(strikes.length / 4_000).toBeCloseTo(0.25, 1);
});

describe('a count', () => {
  test('is of those that happened, not of those that were drawn', () => {
    const faults = faultsOf(worldOf({ raise, count: 2 }));
    for (let drawn = 0; drawn < 5; drawn++) expect(faults.strike(request, can)).toBeDefined();
    for (let happened = 0; happened < 2; happened++) faults.happened(faults.strike(request, can) as Strike);
    expect(faults.strike(request, can)).toBeUndefined();
  });

  test('goes on from a position', () => {
    const world = worldOf({ raise, count: 2 });
    faultsOf(world).happened(faultsOf(world).strike(request, can) as Strike);
    const again = simulatedWorld({ seed: 0, position: JSON.parse(JSON.stringify(world.position())) });
    faultsOf(again).happened(faultsOf(again).strike(request, can) as Strike);
    expect(faultsOf(again).strike(request, can)).toBeUndefined();
  });

  test('begins again with another plan', () => {
    const world = worldOf({ raise, count: 1 });
    faultsOf(world).happened(faultsOf(world).strike(request, can) as Strike);
    world.setFaults({ services: [{ raise, count: 1 }] });
    expect(faultsOf(world).strike(request, can)).toBeDefined();
  });
});

test('one rule does not disturb the chances of another, and without a chance nothing is drawn', () => {
  const strikes = (...others: readonly ServiceFault[]): readonly boolean[] => {
    const faults = faultsOf(worldOf({ raise: 'A', probability: 0.5 }, ...others));
    return Array.from({ length: 50 }, () => faults.strike(request, can)?.rule === 0);
  };
  expect(strikes({ raise: 'B', probability: 0.5 })).toEqual(strikes());
  const world = worldOf({ raise, probability: 0 }, { raise, count: 3, operations: ['Decrypt'] });
  for (let at = 0; at < 5; at++) faultsOf(world).strike(request, can);
  expect(world.position().streams).toEqual({});
});
