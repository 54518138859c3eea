import { describe, expect, test } from 'vitest';
import { replayCloudTrail } from '../../src/index.ts';
import { account, decrypt, keyArn, policyFor, record, refused, role, session } from './log.ts';
import { brief, given, manage, nothing, policy, replayed } from './replaying.ts';

describe('the question that it is for: what a key policy would have refused', () => {
  const log = [decrypt('acme'), decrypt('umbrella'), decrypt('acme'), decrypt('umbrella'), manage('DescribeKey', {})];

  test('nothing differs where the policy allows what happened', async () => {
    const lax = policyFor('*');
    const text = JSON.stringify(lax).replace('StringEquals', 'StringLike');
    expect(await replayed(log, { keys: { [keyArn]: { policy: text } } })).toEqual({ ...nothing, same: 5 });
  });

  test('equal differences are one, with the reasons', async () => {
    const report = await replayCloudTrail(log, given);
    expect(report.events).toMatchObject({ kms: 5, same: 3, different: 2, uncertain: 0 });
    expect(report.differences).toHaveLength(1);
    expect(report.differences[0]).toMatchObject({
      count: 2,
      principal: role,
      operation: 'Decrypt',
      keys: [keyArn],
      recorded: 'allowed',
      replayed: 'AccessDenied',
      restsOn: [],
      first: { eventID: (log[1] as { eventID: string }).eventID },
      last: { eventID: (log[3] as { eventID: string }).eventID },
    });
    expect(report.differences[0]?.why).toContain('StringEquals of kms:EncryptionContext:tenant');
  });

  test('10,000 of them too', async () => {
    const one = decrypt('umbrella');
    const { differences } = await replayCloudTrail(
      Array.from({ length: 10_000 }, (_, at) => ({ ...one, eventID: `event ${at}` })),
      given,
    );
    expect(differences.map(({ count }) => count)).toEqual([10_000]);
  });

  test.each([
    ['its id', keyArn.split('/')[1] ?? ''],
    ['an alias that the log uses', 'alias/orders'],
    ['the ARN of it', keyArn.replace(/key\/.*/, 'alias/orders')],
    ['* for every key', '*'],
  ])('the key may be named by %s', async (_name, name) => {
    const requestParameters = { keyId: 'alias/orders', encryptionContext: { tenant: 'umbrella' } };
    const named = record({ eventName: 'Decrypt', requestParameters });
    // Also for what came before the alias was seen.
    const answer = await replayed([decrypt('umbrella'), named], { keys: { [name]: { policy } } });
    expect(answer.differences).toEqual(['2 x Decrypt: allowed -> AccessDenied']);
  });
});

describe('what cannot be judged is told', () => {
  test.each([
    ['throttling', decrypt('acme', { errorCode: 'ThrottlingException' }), 'throttling and quotas'],
    [
      'an unknown caller',
      decrypt('acme', { userIdentity: { type: 'Unknown' } }),
      'no caller that kmsim knows: Unknown',
    ],
    ['no key', refused('Decrypt', { errorMessage: '' }), 'refused, and the record does not say for which key'],
    ['no operation', record({ eventName: 'MakeTea' }), 'not an operation of KMS: MakeTea'],
    [
      'a request that lacks something',
      manage('RevokeGrant', { grantId: '2'.repeat(64) }, { eventName: 'RetireGrant', requestParameters: null }),
      'cannot be rebuilt from the log: ValidationException',
    ],
  ])('%s', async (_name, one, reason) => {
    const { events, notJudged } = await replayCloudTrail([one], given);
    expect([events.notJudged, notJudged]).toEqual([1, [{ name: reason, count: 1 }]]);
  });

  test('other services, what is no record, and the work of KMS', async () => {
    const log = [
      { ...decrypt('acme'), eventSource: 's3.amazonaws.com' },
      { n: 1 },
      record({ eventName: 'RotateKey', eventType: 'AwsServiceEvent', userIdentity: { invokedBy: 'AWS Internal' } }),
    ];
    const { events, records } = await replayCloudTrail(log, given);
    expect([records, events]).toEqual([
      3,
      expect.objectContaining({ kms: 1, ofOtherServices: 1, unreadable: 1, ofTheService: 1, same: 0 }),
    ]);
  });

  test('an outcome behind the permission is as it was, unless the permission goes', async () => {
    const wrong = { errorCode: 'IncorrectKeyException' };
    expect(await replayed([decrypt('acme', wrong)])).toMatchObject({ same: 1 });
    expect(await replayed([decrypt('umbrella', wrong)])).toMatchObject({
      differences: ['1 x Decrypt: IncorrectKeyException -> AccessDenied'],
    });
  });
});

test('a change of the key in the same second is pointed out', async () => {
  const eventTime = '2026-03-02T00:00:00Z';
  const put = manage('PutKeyPolicy', { policy: JSON.stringify(policyFor('umbrella')) }, { eventTime });
  const { differences } = await replayCloudTrail([decrypt('acme'), put, decrypt('acme', { eventTime })], {});
  expect(differences.map(({ sameSecond }) => sameSecond)).toEqual([true]);
});

test('the conditions of a call: service, time, endpoint, address', async () => {
  const conditioned = (Condition: object) => ({
    keys: {
      [keyArn]: {
        policy: {
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Principal: { AWS: account }, Action: 'kms:*', Resource: '*', Condition },
        },
      },
    },
  });
  const viaS3 = decrypt('acme', { userIdentity: { ...session, invokedBy: 's3.amazonaws.com' } });
  for (const [condition, one] of [
    [{ StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } }, viaS3],
    [{ DateLessThan: { 'aws:CurrentTime': '2026-04-01T00:00:00Z' } }, decrypt('acme')],
    [{ StringEquals: { 'aws:SourceVpce': 'vpce-1' } }, decrypt('acme', { vpcEndpointId: 'vpce-1' })],
    [{ IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }, decrypt('acme')],
  ] as const) {
    expect(await replayed([one], conditioned(condition))).toMatchObject({ same: 1, differences: [] });
    const later = { ...one, userIdentity: session, vpcEndpointId: 'vpce-2', eventTime: '2026-05-01T00:00:00Z' };
    expect(await replayed([later], conditioned(condition))).toMatchObject({ same: 0 });
  }
});

test('a call from account to account is judged once, where its caller has a name', async () => {
  const shared = { sharedEventID: 'one', eventTime: '2026-03-03T00:00:00Z' };
  const named = decrypt('acme', { ...shared, recipientAccountId: '444455556666' });
  const outside = decrypt('acme', { ...shared, userIdentity: { type: 'AWSAccount', accountId: '444455556666' } });
  const both = await replayCloudTrail([outside, named], given);
  expect(both.events).toMatchObject({ kms: 2, copies: 1, same: 1, uncertain: 0 });
  const alone = await replayCloudTrail([outside], given);
  expect(alone.events).toMatchObject({ copies: 0, same: 0, different: 0, uncertain: 1 });
});

describe('records come', () => {
  const log = [decrypt('acme'), decrypt('umbrella')];
  const generator = function* () {
    yield* log;
  };
  const later = async function* () {
    yield* log;
  };
  test.each([
    ['in a list', log],
    ['as texts', log.map((one) => JSON.stringify(one))],
    ['from a generator', generator()],
    ['from an asynchronous one', later()],
    ['from a function', later],
  ])('%s', async (_name, records) => {
    expect(brief(await replayCloudTrail(records, given))).toMatchObject({ same: 1, differences: [expect.anything()] });
  });

  test('with progress', async () => {
    const seen: unknown[] = [];
    const onProgress = (progress: unknown): number => seen.push(progress);
    await replayCloudTrail(Array.from({ length: 5000 }).fill({}), { onProgress });
    expect(seen).toEqual([
      { phase: 'reading', records: 4096 },
      { phase: 'replaying', records: 4096 },
    ]);
  });
});

describe('mistakes are typed', () => {
  test.each([
    [{ key: {} }, 'InvalidOption', 'replayCloudTrail has no option "key". Did you mean keys?'],
    [{ keys: { orders: {} } }, 'InvalidOption', '"orders" names no key: an ARN, a key id, alias/... or * does.'],
    [
      { keys: { 'alias/a': { polcy: {} } } },
      'InvalidOption',
      'The key alias/a has no option "polcy". Did you mean policy?',
    ],
    [{ keys: { 'alias/a': { policy: '{' } } }, 'InvalidPolicy', 'key policy alias/a:'],
    [{ keys: { '*': { aliases: ['alias/a'] } } }, 'InvalidOption', 'Aliases and grants are of one key, not of *.'],
    [
      { keys: { 'alias/a': { spec: 'HMAC_256', usage: 'SIGN_VERIFY' } } },
      'InvalidOption',
      'no key of HMAC_256 has the usage',
    ],
    [{ keys: { 'alias/a': { grants: [{ GrantId: 'x' }] } } }, 'InvalidOption', 'The key alias/a: grants'],
    [{ identities: [{ arn: 'Ann' }] }, 'InvalidPrincipal', '"Ann" is no principal.'],
  ])('%j', async (options, code, problem) => {
    await expect(replayCloudTrail([], options as never)).rejects.toMatchObject({
      code,
      problem: expect.stringContaining(problem),
    });
  });

  test('what is no list of records', async () => {
    for (const records of [undefined, 7, {}])
      await expect(replayCloudTrail(records as never)).rejects.toMatchObject({ code: 'InvalidOption' });
  });
});
