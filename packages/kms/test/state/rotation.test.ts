// Rotation as a change of a record.

import { expect, test } from 'vitest';
import { dayMs, rotateAutomatically, rotateTo, rotationIsOn } from '../../src/state/rotation.ts';
import { TestEngine } from '../engine.ts';

const engine = new TestEngine();
const fresh = engine.kms.state.get('keys', engine.createKey().Arn) ?? expect.fail('no key');
const rotation = { periodDays: 90, next: 5 };

test('new material becomes current and the old stays', () => {
  const rotated = rotateTo(fresh, 'new', 'ON_DEMAND', 7);
  expect(rotated.currentMaterial).toBe('new');
  expect(rotated.materials).toEqual([...fresh.materials, { id: 'new', rotation: { type: 'ON_DEMAND', at: 7 } }]);
  // Records are never changed in place.
  expect(fresh.materials).toHaveLength(1);
});

test('the next automatic rotation is a period after this one', () => {
  const rotated = rotateAutomatically({ ...fresh, rotation }, 'new', 7);
  expect(rotated.rotation).toEqual({ periodDays: 90, next: 7 + 90 * dayMs });
  expect(rotated.materials.at(-1)).toEqual({ id: 'new', rotation: { type: 'AUTOMATIC', at: 7 } });
});

test('is on when a period is set and no deletion is pending', () => {
  expect(rotationIsOn(fresh)).toBe(false);
  expect(rotationIsOn({ ...fresh, rotation })).toBe(true);
  expect(rotationIsOn({ ...fresh, rotation, enabled: false })).toBe(true);
  expect(rotationIsOn({ ...fresh, rotation, deletion: { at: 9, windowDays: 7 } })).toBe(false);
});
