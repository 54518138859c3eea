// ListGrants: https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html

import { describe, expect, test } from 'vitest';
import { caller, home, ours, TestEngine } from '../engine.ts';
import { alice, bob, grantIds, grantOn } from '../granting.ts';
import { aboutKey } from './key-suite.ts';
import { pages, walk } from './pages.ts';

aboutKey({
  operation: 'ListGrants',
  prepare: () => (KeyId) => ({ KeyId }),
  names: 'key',
  otherAccounts: true,
  disabled: 'works',
  pendingDeletion: 'works',
  pendingImport: 'works',
});

describe('ListGrants', () => {
  pages({
    operation: 'ListGrants',
    fill: (engine, count) => {
      const { KeyId } = engine.createKey();
      for (let at = 0; at < count; at++) grantOn(engine, KeyId);
      return { KeyId };
    },
    defaultLimit: 50,
    most: 100,
  });

  test('gives all of a grant but its tokens, in the order of creation', () => {
    const engine = new TestEngine();
    const { Arn: KeyId } = engine.createKey();
    const at = engine.now;
    const one = grantOn(engine, KeyId);
    engine.wait(1000);
    const SourceArn = `arn:aws:ec2:${home}:${ours}:volume/vol-1`;
    const Constraints = {
      EncryptionContextSubset: { ['__proto__']: '1', a: '2' },
      EncryptionContextEquals: { b: '3' },
      SourceArn,
    };
    const two = grantOn(engine, KeyId, { Name: 'n', RetiringPrincipal: bob.principal.arn, Constraints });
    const three = grantOn(engine, KeyId, {
      GranteePrincipal: undefined,
      GranteeServicePrincipal: 's3.amazonaws.com',
      RetiringServicePrincipal: 'ec2.amazonaws.com',
      Constraints: { SourceArn },
    });
    const entry = (GrantId: string, Name: string, created: number) => ({
      KeyId,
      GrantId,
      Name,
      CreationDate: new Date(created),
      IssuingAccount: `arn:aws:iam::${ours}:root`,
      Operations: ['Encrypt', 'Decrypt'],
    });
    expect(engine.call('ListGrants', { KeyId })).toStrictEqual({
      Grants: [
        { ...entry(one.GrantId, '', at), GranteePrincipal: alice.principal.arn },
        {
          ...entry(two.GrantId, 'n', at + 1000),
          GranteePrincipal: alice.principal.arn,
          RetiringPrincipal: bob.principal.arn,
          Constraints,
        },
        {
          ...entry(three.GrantId, '', at + 1000),
          GranteeServicePrincipal: 's3.amazonaws.com',
          RetiringServicePrincipal: 'ec2.amazonaws.com',
          Constraints: { SourceArn },
        },
      ],
      Truncated: false,
    });
  });

  test('gives what the caller may change, and changes nothing', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    grantOn(engine, KeyId, { Constraints: { EncryptionContextSubset: { a: 'b' } } });
    const before = engine.everything();
    const [grant = expect.fail('no grant')] = engine.call('ListGrants', { KeyId }).Grants ?? [];
    (grant.Operations as string[]).push('DescribeKey');
    Object.assign(grant.Constraints?.EncryptionContextSubset ?? {}, { a: 'c' });
    expect(engine.everything()).toBe(before);
  });

  test('gives those of one grantee, or one of them, and markers for no other list', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const [one, two] = [grantOn(engine, KeyId), grantOn(engine, KeyId, { GranteePrincipal: bob.principal.arn })];
    const three = grantOn(engine, KeyId);
    const ids = (filter: object) =>
      engine.call('ListGrants', { KeyId, ...filter }).Grants?.map(({ GrantId }) => GrantId);
    expect(ids({ GranteePrincipal: alice.principal.arn })).toEqual([one.GrantId, three.GrantId]);
    expect(ids({ GrantId: two.GrantId })).toEqual([two.GrantId]);
    expect(ids({ GrantId: two.GrantId, GranteePrincipal: alice.principal.arn })).toEqual([]);
    expect(ids({ GrantId: '0'.repeat(64) })).toEqual([]);
    const first = { KeyId, GranteePrincipal: alice.principal.arn, Limit: 1 };
    const { NextMarker: Marker } = engine.call('ListGrants', first);
    expect(ids({ ...first, Marker })).toEqual([three.GrantId]);
    expect(engine.refusal('ListGrants', { KeyId, Marker }).code).toBe('InvalidMarkerException');
    expect(engine.refusal('ListGrants', { ...first, KeyId: engine.createKey().KeyId, Marker }).code).toBe(
      'InvalidMarkerException',
    );
  });

  test('filters by service are for services', () => {
    const engine = new TestEngine();
    const { Arn: KeyId } = engine.createKey({
      Policy: JSON.stringify({
        Statement: {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${ours}:root`, Service: 's3.amazonaws.com' },
          Action: 'kms:*',
          Resource: '*',
        },
      }),
    });
    const GranteeServicePrincipal = 's3.amazonaws.com';
    expect(engine.refusal('ListGrants', { KeyId, GranteeServicePrincipal })).toEqual({
      code: 'ValidationException',
      message: 'GranteeServicePrincipal can only be used by AWS services.',
    });
    expect(
      engine.refusal('ListGrants', { KeyId, GranteeServicePrincipal, GranteePrincipal: alice.principal.arn }).message,
    ).toBe('Specify either GranteePrincipal or GranteeServicePrincipal, not both.');
    grantOn(engine, KeyId);
    expect(engine.call('ListGrants', { KeyId, GranteeServicePrincipal }, caller('s3.amazonaws.com')).Grants).toEqual(
      [],
    );
  });

  test.each(['g', 'G'.repeat(64), 'a'.repeat(63), 'a'.repeat(65), 'A'.repeat(64)])(
    'a grant id of another form is refused: %s',
    (GrantId) => {
      const engine = new TestEngine();
      const { KeyId } = engine.createKey();
      expect(engine.refusal('ListGrants', { KeyId, GrantId }).code).toBe('InvalidGrantIdException');
    },
  );

  test('grants that come and go between pages make no other disappear or come twice', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const late: string[] = [];
    const stay = Array.from({ length: 7 }, () => grantOn(engine, KeyId).GrantId);
    const seen = walk(engine, 'ListGrants', { KeyId }, 2, ({ items }) => {
      // The last one seen goes, and a new one comes.
      const { GrantId = '' } = items.at(-1) as { GrantId?: string };
      engine.call('RevokeGrant', { KeyId, GrantId });
      if (late.length < 3) late.push(grantOn(engine, KeyId).GrantId);
    }).map((grant) => (grant as { GrantId: string }).GrantId);
    expect(seen).toEqual([...stay, ...late]);
    expect(grantIds(engine, KeyId)).not.toContain(stay[1]);
  });

  test('a grant cannot give the right to list grants', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    grantOn(engine, KeyId, { Operations: ['DescribeKey', 'CreateGrant', 'RetireGrant'] });
    engine.call('DescribeKey', { KeyId }, alice);
    expect(engine.refusal('ListGrants', { KeyId }, alice).code).toBe('AccessDeniedException');
  });
});
