// Unique ids: of the right form, the same for the same principal, told apart from all others.

import { parsePrincipal } from '@kmsim/authz';
import { simulatedWorld } from '@kmsim/world';
import { expect, test } from 'vitest';
import { uniqueId } from '../../src/identity/unique-id.ts';
import { ours, theirs } from '../engine.ts';

const world = simulatedWorld({ seed: 1 });
const idOf = (arn: string, of = world) => {
  const principal = parsePrincipal(arn);
  return principal === undefined ? expect.fail(arn) : uniqueId(of, principal);
};

test.each([
  [`arn:aws:iam::${ours}:user/u`, /^AIDA[A-Z2-7]{17}$/],
  [`arn:aws:iam::${ours}:role/path/App`, /^AROA[A-Z2-7]{17}:$/],
  [`arn:aws:sts::${ours}:assumed-role/App/one`, /^AROA[A-Z2-7]{17}:one$/],
  [`arn:aws:iam::${ours}:root`, /^111122223333$/],
])('%s', (arn, form) => {
  expect(idOf(arn)).toMatch(form);
  expect(idOf(arn, simulatedWorld({ seed: 1 }))).toBe(idOf(arn));
});

test('a session has the id of its role, whatever the role’s path', () => {
  expect(idOf(`arn:aws:sts::${ours}:assumed-role/App/one`)).toBe(`${idOf(`arn:aws:iam::${ours}:role/a/b/App`)}one`);
});

test('no two principals share one, nor two worlds', () => {
  const arns = [ours, theirs].flatMap((account) =>
    ['user/u', 'user/p/u', 'role/u'].map((name) => `arn:aws:iam::${account}:${name}`),
  );
  const ids = arns.map((arn) => idOf(arn)?.slice(4));
  expect(new Set(ids).size).toBe(arns.length);
  expect(idOf(arns[0] ?? '', simulatedWorld({ seed: 2 }))).not.toBe(idOf(arns[0] ?? ''));
});

test('a service has none', () => expect(idOf('s3.amazonaws.com')).toBeUndefined());
