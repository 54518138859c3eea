// Each rule of the review, on what it finds and on what it leaves alone.

import type { CloudTrailRecord, GrantRecord } from '@kmsim/kms';
import { describe, expect, test } from 'vitest';
import type { Inventory } from '../../../src/analysis/inventory.ts';
import { type ReviewOptions, reviewOf } from '../../../src/review/review.ts';
import { reviewRules } from '../../../src/review/rules/all.ts';
import { account, app, event, inventory, keyArn, keyRecord } from '../../trail-records.ts';

const key = keyArn(1);
const start = '2026-01-01T00:00:00Z';
const now = '2026-01-10T00:00:00Z';

interface World extends Partial<Omit<Inventory, 'now'>> {
  readonly events?: readonly CloudTrailRecord[];
  readonly now?: string;
}

function review({ events = [], now: at = now, ...records }: World, options: ReviewOptions = {}) {
  return reviewOf({ events, inventory: inventory(at, records) }, options);
}

/** What one rule finds. */
function found(rule: string, world: World) {
  return review(world, { rules: [rule] }).findings;
}

const withPolicy = (...Statement: readonly object[]) => ({
  keys: [keyRecord(key, start, { policy: JSON.stringify({ Version: '2012-10-17', Statement }) })],
});
const allow = (members: object) => ({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', ...members });
const withIdentity = (statement: object) => ({
  identities: [
    { arn: app, policies: [{ name: 'own', text: JSON.stringify({ Version: '2012-10-17', Statement: statement }) }] },
  ],
});
const context = (encryptionContext: Readonly<Record<string, string>>) => ({
  events: [event('Encrypt', start, { requestParameters: { encryptionContext } })],
});
const grant = (record: Partial<GrantRecord>): World => ({
  grants: [
    {
      id: 'g1',
      key,
      region: 'us-east-1',
      ordinal: 1,
      createdAt: Date.parse(start),
      grantee: app,
      issuingAccount: `arn:aws:iam::${account}:root`,
      operations: ['Decrypt'],
      ...record,
    },
  ],
});
const imported = (expiresAt: string) => ({
  keys: [
    keyRecord(key, start, {
      origin: 'EXTERNAL',
      materials: [{ id: 'm', rotation: undefined, imported: { isHere: true, expiresAt: Date.parse(expiresAt) } }],
    }),
  ],
});
const multiRegion = (...replicas: readonly string[]) => ({
  keys: [
    keyRecord(key, start, { replicas: { primary: 'us-east-1', replicas, joined: {}, everywhere: undefined } as never }),
  ],
});
const outsider = 'arn:aws:iam::444455556666:role/Partner';
const everybody = { AWS: '*' };

const cases: readonly (readonly [rule: string, finds: World, leaves: World])[] = [
  ['wildcard-principal', withPolicy(allow({ Principal: '*' })), withPolicy(allow({ Principal: { AWS: app } }))],
  [
    'wildcard-principal',
    withPolicy(allow({ Principal: everybody, Condition: { StringEquals: { 'kms:EncryptionContext:a': 'b' } } })),
    withPolicy(allow({ Principal: everybody, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } })),
  ],
  [
    'wildcard-principal',
    withPolicy(allow({ NotPrincipal: { AWS: app } })),
    withPolicy({ ...allow({ Principal: '*' }), Effect: 'Deny' }),
  ],
  [
    'wildcard-principal',
    withPolicy(allow({ Principal: everybody, Condition: { StringNotEquals: { 'kms:CallerAccount': account } } })),
    withPolicy(allow({ Principal: everybody, Condition: { StringEquals: { 'kms:CallerAccount': account } } })),
  ],
  [
    'wildcard-action',
    withPolicy(allow({ Principal: { AWS: app }, Action: 'kms:*' })),
    withPolicy(allow({ Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*' })),
  ],
  [
    'open-to-other-account',
    withPolicy(allow({ Principal: { AWS: outsider } })),
    withPolicy(
      allow({ Principal: { AWS: outsider }, Condition: { StringEquals: { 'kms:EncryptionContext:a': 'b' } } }),
    ),
  ],
  [
    'open-to-other-account',
    withPolicy(allow({ Principal: { AWS: '444455556666' } })),
    withPolicy(allow({ Principal: { AWS: account } })),
  ],
  [
    'service-without-source',
    withPolicy(allow({ Principal: { Service: 'logs.amazonaws.com' } })),
    withPolicy(
      allow({
        Principal: { Service: 'logs.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    ),
  ],
  [
    'administrator-can-use-key',
    withPolicy(
      allow({ Principal: { AWS: app } }),
      allow({ Principal: { AWS: app }, Action: ['kms:Put*', 'kms:Describe*'] }),
    ),
    withPolicy(allow({ Principal: { AWS: app } }), allow({ Principal: { AWS: `${app}Admin` }, Action: 'kms:Put*' })),
  ],
  ['identity-decrypts-everything', withIdentity(allow({ Action: 'kms:De*' })), withIdentity(allow({ Resource: key }))],
  [
    'identity-decrypts-everything',
    withIdentity(allow({ Resource: `arn:aws:kms:*:${account}:key/*` })),
    withIdentity(allow({ Condition: { StringEquals: { 'aws:ResourceTag/team': 'orders' } } })),
  ],
  [
    'identity-decrypts-everything',
    withIdentity({ Effect: 'Allow', Action: 'kms:Decrypt', NotResource: key }),
    withIdentity(allow({ Action: 'kms:Encrypt' })),
  ],
  [
    'identity-all-actions',
    withIdentity(allow({ Action: 'kms:*', Resource: key })),
    withIdentity(allow({ Action: 'kms:Encrypt' })),
  ],
  [
    'administrator-used-key',
    { events: [event('PutKeyPolicy', start), event('Decrypt', start)] },
    { events: [event('PutKeyPolicy', start), event('Decrypt', start, { by: `${app}2` })] },
  ],
  [
    'root-user',
    { events: [{ ...event('CreateKey', start), userIdentity: { type: 'Root', arn: `arn:aws:iam::${account}:root` } }] },
    { events: [event('CreateKey', start)] },
  ],
  [
    'lockout-check-bypassed',
    { events: [event('PutKeyPolicy', start, { requestParameters: { bypassPolicyLockoutSafetyCheck: true } })] },
    { events: [event('PutKeyPolicy', start, { requestParameters: { bypassPolicyLockoutSafetyCheck: false } })] },
  ],
  ['no-encryption-context', { events: [event('GenerateDataKey', start)] }, context({ tenant: 'a' })],
  [
    'rotation-off',
    { keys: [keyRecord(key, start)] },
    { keys: [keyRecord(key, start, { rotation: { periodDays: 365, next: Date.parse(now) } })] },
  ],
  ['rotation-off', { keys: [keyRecord(key, start)] }, { keys: [keyRecord(key, start, { spec: 'RSA_2048' })] }],
  ['rotation-off', { keys: [keyRecord(key, start)] }, { keys: [keyRecord(key, start, { manager: 'AWS' })] }],
  ['material-about-to-expire', imported('2026-02-01T00:00:00Z'), imported('2026-03-01T00:00:00Z')],
  ['unused-key', { now: '2026-04-02T00:00:00Z', keys: [keyRecord(key, start)] }, { keys: [keyRecord(key, start)] }],
  [
    'unused-key',
    {
      now: '2026-06-01T00:00:00Z',
      keys: [keyRecord(key, start)],
      usages: new Map([[key, { operation: 'Encrypt', at: Date.parse('2026-03-01T00:00:00Z'), request: 1 }]]),
    },
    { now: '2026-06-01T00:00:00Z', keys: [keyRecord(key, start)], events: [event('Encrypt', '2026-05-01T00:00:00Z')] },
  ],
  ['multi-region-without-replica', multiRegion(), multiRegion('eu-west-1')],
  [
    'deleted-without-disabling',
    { events: [event('DisableKey', start), event('EnableKey', start), event('ScheduleKeyDeletion', start)] },
    { events: [event('DisableKey', start), event('ScheduleKeyDeletion', start)] },
  ],
  [
    'deleted-in-use',
    { events: [event('Decrypt', start), event('ScheduleKeyDeletion', '2026-02-01T00:00:00Z')] },
    { events: [event('Decrypt', start), event('ScheduleKeyDeletion', '2026-06-01T00:00:00Z')] },
  ],
  [
    'short-waiting-period',
    { events: [event('ScheduleKeyDeletion', start, { requestParameters: { pendingWindowInDays: 7 } })] },
    { events: [event('ScheduleKeyDeletion', start, { requestParameters: { pendingWindowInDays: 30 } })] },
  ],
  ['grant-never-retired', { ...grant({}), now: '2026-04-02T00:00:00Z' }, grant({})],
  [
    'grant-to-other-account',
    grant({ grantee: outsider }),
    grant({ grantee: outsider, constraints: { encryptionContextEquals: [['a', 'b']] } }),
  ],
  [
    'grant-gives-on',
    grant({ operations: ['CreateGrant'] }),
    grant({ operations: ['CreateGrant'], grantee: 'rds.amazonaws.com' }),
  ],
  [
    'key-named-by-id',
    { events: [event('Encrypt', start, { requestParameters: { keyId: key } })] },
    { events: [event('Encrypt', start, { requestParameters: { keyId: 'alias/orders' } })] },
  ],
  [
    'key-named-by-id',
    { events: [event('ReEncrypt', start, { requestParameters: { destinationKeyId: key.slice(-36) } })] },
    { events: [event('Decrypt', start, { requestParameters: { keyId: key } })] },
  ],
  [
    'key-without-alias',
    { keys: [keyRecord(key, start)] },
    { keys: [keyRecord(key, start)], aliases: [{ target: key, name: 'alias/orders' } as never] },
  ],
  [
    'decrypt-without-key-id',
    { events: [event('Decrypt', start)] },
    { events: [event('Decrypt', start, { requestParameters: { keyId: key } })] },
  ],
  [
    'decrypt-without-key-id',
    { events: [event('ReEncrypt', start, { requestParameters: { destinationKeyId: 'alias/b' } })] },
    { events: [event('Decrypt', start, { via: 's3.amazonaws.com' })] },
  ],
  ['secret-in-encryption-context', context({ password: 'hunter2!' }), context({ tenant: 'acme', purpose: 'orders' })],
  ['personal-data-in-encryption-context', context({ user: 'ann@example.com' }), context({ user: 'ann' })],
];

describe.each(reviewRules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const own = cases.filter(([name]) => name === id);

  test('has a remedy, a page of AWS, and cases', () => {
    expect(rule.remedy).toMatch(/\.$/);
    expect(rule.page).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    expect(own.length).toBeGreaterThan(0);
  });

  test.each(own.map(([, finds, leaves], at) => [at, finds, leaves] as const))('case %d', (_, finds, leaves) => {
    const [finding, ...more] = found(id, finds);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      rule: id,
      severity: rule.severity,
      count: 1,
      evidence: [{ text: expect.any(String) }],
    });
    expect(found(id, leaves)).toEqual([]);
  });
});
