// sim.whoCan(): who can do something with a key.

import { describe, expect, test } from 'vitest';
import { createKmsim, type Kmsim } from '../src/index.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

const admin = 'arn:aws:iam::000000000000:user/administrator';
const App = 'arn:aws:iam::000000000000:role/App';
const statements = [
  { Effect: 'Allow', Principal: { AWS: admin }, Action: 'kms:*', Resource: '*' },
  {
    Effect: 'Allow',
    Principal: { AWS: App },
    Action: 'kms:Decrypt',
    Resource: '*',
    Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
  },
  {
    Effect: 'Deny',
    Principal: { AWS: App },
    Action: 'kms:*',
    Resource: '*',
    Condition: { StringNotEquals: { 'kms:EncryptionContext:tenant': ['acme', 'umbrella'] } },
  },
];

async function keyOf(sim: Kmsim): Promise<string> {
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const { KeyMetadata } = await sim.as().createKey({ Policy });
  return KeyMetadata?.Arn ?? '';
}

describe('whoCan', () => {
  test('is text for people', async () => {
    const sim = createKmsim({ seed: 1 });
    const keyId = await keyOf(sim);
    expect(`${sim.whoCan('Decrypt', keyId)}`).toBe(`Decrypt on ${keyId}:
  ${admin}
  ${App}
    when StringEquals of kms:ViaService: s3.us-east-1.amazonaws.com (key policy "default" [1])
    not when StringNotEquals of kms:EncryptionContext:tenant: acme or umbrella (key policy "default" [2])`);
    expect(`${sim.whoCan('kms:Sign', keyId)}`).toBe(`kms:Sign on ${keyId}:\n  ${admin}`);
  });

  test('is data for tests, and plain JSON', async () => {
    const sim = createKmsim({ seed: 1 });
    const keyId = await keyOf(sim);
    const answer = sim.whoCan('Decrypt', keyId, { encryptionContext: { tenant: 'acme' } });
    expect(answer.has(App)).toBe(true);
    expect(answer.has('arn:aws:iam::000000000000:root')).toBe(false);
    const [first, second] = JSON.parse(JSON.stringify(answer)).principals;
    expect(first).toEqual({ principal: admin, always: true, when: [], unless: [] });
    expect(second).toMatchObject({
      principal: App,
      always: false,
      when: [[{ key: 'kms:ViaService', operator: 'StringEquals' }]],
      unless: [],
    });
    expect(sim.whoCan('Decrypt', keyId, { encryptionContext: {} }).has(App)).toBe(false);
  });

  test('says so when there are more ways than are listed', async () => {
    const sim = createKmsim({ seed: 1 });
    const keyId = await keyOf(sim);
    for (const operation of ['ReEncryptFrom', 'ReEncryptTo'] as const)
      for (let tenant = 0; tenant < 33; tenant++)
        await sim.as().createGrant({
          KeyId: keyId,
          GranteePrincipal: App,
          Operations: [operation],
          Constraints: { EncryptionContextEquals: { tenant: `${operation} ${tenant}` } },
        });
    const answer = sim.whoCan('ReEncrypt', keyId);
    expect(answer.principals.find(({ principal }) => principal === App)).toMatchObject({ always: false, more: true });
    expect(`${answer}`).toContain('there are more ways than these');
    expect(`${sim.whoCan('kms:ReEncryptTo', keyId)}`).not.toContain('there are more ways than these');
  });

  test('says so when it is nobody', async () => {
    const sim = createKmsim({ seed: 1 });
    const keyId = await keyOf(sim);
    const Policy = JSON.stringify({
      Statement: [statements[0], { ...statements[0], Effect: 'Deny', Action: 'kms:Decrypt' }],
    });
    await sim.as().putKeyPolicy({ KeyId: keyId, Policy });
    const answer = sim.whoCan('Decrypt', keyId);
    expect(answer.because[1]).toEqual({
      reason: 'statement [1] of key policy "default" denies kms:Decrypt',
      principals: [admin],
    });
    expect(`${answer}`).toBe(`Decrypt on ${keyId}: nobody
  arn:aws:iam::000000000000:root, anybody else: no key policy statement allows it
  ${admin}: statement [1] of key policy "default" denies kms:Decrypt`);
    expect(sim.whoCan('Sign', keyId).because).toEqual([]);
  });

  test('says which policy keeps everybody away', async () => {
    const NoDecrypt = { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' } };
    const units = { 'ou-1': { accounts: ['000000000000'], scps: { NoDecrypt } } };
    const sim = createKmsim({ seed: 1, organization: { id: 'o-1', units } });
    const keyId = await keyOf(sim);
    expect(`${sim.whoCan('Decrypt', keyId)}`).toBe(
      `Decrypt on ${keyId}: nobody\n  everybody: statement [0] of service control policy "NoDecrypt" of ou-1 denies kms:Decrypt`,
    );
    const text = `${sim.explain({ operation: 'Decrypt', keyId })}`;
    expect(text.match(/^service.*/gm)).toEqual([
      'service control policy "FullAWSAccess" of r-root',
      'service control policy "FullAWSAccess" of ou-1',
      'service control policy "NoDecrypt" of ou-1',
      'service control policy "FullAWSAccess" of 000000000000',
    ]);
  });

  test('agrees with explain where nothing is left open', async () => {
    const sim = createKmsim({ seed: 1 });
    const keyId = await keyOf(sim);
    for (const operation of ['Decrypt', 'Encrypt', 'PutKeyPolicy', 'ReEncrypt', 'ListKeys'] as const) {
      const explained = sim.explain({ operation, keyId });
      expect(sim.whoCan(operation, keyId).has(admin)).toBe(explained.allowed);
    }
  });

  test('changes nothing', async () => {
    const sim = createKmsim({ seed: 1 });
    await keyOf(sim);
    const before = JSON.stringify(sim.snapshot());
    sim.whoCan('Decrypt', 'alias/aws/s3');
    expect(JSON.stringify(sim.snapshot())).toBe(before);
  });

  test.each([
    ['decrypt', 'k', {}, /whoCan needs an operation/],
    ['__proto__', 'k', {}, /whoCan needs an operation/],
    ['Decrypt', '', {}, /whoCan needs the name of a key/],
    ['Decrypt', 'k', { context: {} }, /whoCan has no option "context"/],
    ['Decrypt', 'k', { encryptionContext: 'x' }, /encryptionContext is an object of strings/],
  ])('(%j, %j, %j) is a mistake', (operation, keyId, options, problem) => {
    const error = kmsimErrorOf(() => createKmsim({ seed: 1 }).whoCan(operation as never, keyId, options as never));
    expect(error.code).toBe('InvalidOption');
    expect(error.message).toMatch(problem);
  });
});

test('who can retire a grant is asked of the grant', async () => {
  const sim = createKmsim({ seed: 1 });
  const keyId = await keyOf(sim);
  expect(kmsimErrorOf(() => sim.whoCan('RetireGrant', keyId))).toMatchObject({
    code: 'InvalidOption',
    problem: "A grant says who can retire it: ask sim.explain({ operation: 'RetireGrant', keyId, grantId }).",
  });
});
