// ListRetirableGrants: https://docs.aws.amazon.com/kms/latest/APIReference/API_ListRetirableGrants.html

import { describe, expect, test } from 'vitest';
import {
  abroad,
  admin,
  administratorOf,
  caller,
  everything,
  ours,
  stranger,
  TestEngine,
  texts,
  theirs,
} from '../engine.ts';
import { alice, bob, carol, grantOn } from '../granting.ts';
import { pages } from './pages.ts';

const RetiringPrincipal = bob.principal.arn;

describe('ListRetirableGrants', () => {
  pages({
    operation: 'ListRetirableGrants',
    fill: (engine, count) => {
      for (let at = 0; at < count; at++) grantOn(engine, engine.createKey().KeyId, { RetiringPrincipal });
      return { RetiringPrincipal };
    },
    defaultLimit: 50,
    most: 100,
  });

  test('gives the grants that name the principal, on keys of all accounts in the Region', () => {
    const engine = new TestEngine();
    const [mine, its] = [engine.createKey(), engine.createKey({}, stranger)];
    const there = caller(administratorOf(ours), abroad);
    const far = engine.createKey({}, there);
    const one = grantOn(engine, mine.KeyId, { RetiringPrincipal });
    grantOn(engine, mine.KeyId, { RetiringPrincipal: alice.principal.arn });
    grantOn(engine, mine.KeyId, { GranteePrincipal: RetiringPrincipal });
    const two = grantOn(engine, its.KeyId, { RetiringPrincipal, GranteePrincipal: carol.principal.arn }, stranger);
    const three = grantOn(engine, far.KeyId, { RetiringPrincipal }, there);
    const ids = (by = admin) =>
      engine
        .call('ListRetirableGrants', { RetiringPrincipal }, by)
        .Grants?.map(({ GrantId, KeyId }) => [GrantId, KeyId]);
    expect(ids()).toEqual([
      [one.GrantId, mine.Arn],
      [two.GrantId, its.Arn],
    ]);
    expect(ids(there)).toEqual([[three.GrantId, far.Arn]]);
    engine.call('RevokeGrant', { KeyId: mine.KeyId, GrantId: one.GrantId });
    expect(ids()).toEqual([[two.GrantId, its.Arn]]);
  });

  test('knows no principal of another partition', () => {
    const engine = new TestEngine();
    for (const name of [`arn:aws-cn:iam::${ours}:user/Bob`, `arn:aws-cn:sts::${ours}:federated-user/Bob`]) {
      expect(engine.refusal('ListRetirableGrants', { RetiringPrincipal: name })).toEqual({
        code: 'InvalidArnException',
        message: `ARN does not refer to a valid principal: ${name}`,
      });
    }
  });

  test('needs a permission on the principal, and none on a key', () => {
    const engine = new TestEngine();
    const may = engine.attach(alice.principal.arn, {
      Effect: 'Allow',
      Action: 'kms:ListRetirableGrants',
      Resource: RetiringPrincipal,
    });
    grantOn(engine, engine.createKey().KeyId, { RetiringPrincipal });
    expect(engine.call('ListRetirableGrants', { RetiringPrincipal }, may).Grants).toHaveLength(1);
    expect(engine.refusal('ListRetirableGrants', { RetiringPrincipal: may.principal.arn }, may)).toEqual({
      code: 'AccessDeniedException',
      message: texts.noIdentityPolicy(may, 'kms:ListRetirableGrants', may.principal.arn),
    });
    // To be the principal is no permission.
    expect(engine.refusal('ListRetirableGrants', { RetiringPrincipal }, bob).code).toBe('AccessDeniedException');
  });

  test('shows nobody the grants of another account’s principal', () => {
    const engine = new TestEngine();
    grantOn(engine, engine.createKey().KeyId, { RetiringPrincipal: carol.principal.arn });
    const named = { RetiringPrincipal: carol.principal.arn };
    expect(engine.refusal('ListRetirableGrants', named)).toEqual({
      code: 'AccessDeniedException',
      message: texts.foreign(admin, 'kms:ListRetirableGrants'),
    });
    expect(engine.call('ListRetirableGrants', named, stranger).Grants).toHaveLength(1);
  });

  test('of a service shows its own to the service only', () => {
    const engine = new TestEngine();
    const service = engine.attach('s3.amazonaws.com', everything);
    const RetiringServicePrincipal = 's3.amazonaws.com';
    grantOn(engine, engine.createKey().KeyId, { RetiringServicePrincipal });
    expect(engine.call('ListRetirableGrants', { RetiringServicePrincipal }, service).Grants).toHaveLength(1);
    expect(engine.refusal('ListRetirableGrants', { RetiringServicePrincipal: 'ec2.amazonaws.com' }, service).code).toBe(
      'AccessDeniedException',
    );
    expect(engine.refusal('ListRetirableGrants', { RetiringServicePrincipal })).toEqual({
      code: 'ValidationException',
      message: 'RetiringServicePrincipal can only be used by AWS services.',
    });
  });

  test('a marker of one principal is none for another', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    for (let at = 0; at < 2; at++) grantOn(engine, KeyId, { RetiringPrincipal });
    const { NextMarker: Marker } = engine.call('ListRetirableGrants', { RetiringPrincipal, Limit: 1 });
    expect(engine.call('ListRetirableGrants', { RetiringPrincipal, Marker }).Grants).toHaveLength(1);
    expect(engine.refusal('ListRetirableGrants', { RetiringPrincipal: alice.principal.arn, Marker }).code).toBe(
      'InvalidMarkerException',
    );
  });

  test.each([
    [{}, 'ValidationException', "Value null at 'retiringPrincipal'"],
    [{ RetiringPrincipal, RetiringServicePrincipal: 's3.amazonaws.com' }, 'ValidationException', 'not both'],
    [{ RetiringPrincipal: 'bob' }, 'InvalidArnException', 'ARN does not refer to a valid principal: bob'],
    [{ RetiringPrincipal: `arn:aws:iam::${theirs}:group/g` }, 'InvalidArnException', 'group/g'],
  ])('%j is refused', (input, code, words) => {
    const refusal = new TestEngine().refusal('ListRetirableGrants', input);
    expect(refusal.code).toBe(code);
    expect(refusal.message).toContain(words);
  });
});
