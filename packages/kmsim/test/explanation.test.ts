// Whether somebody may, and why: the decision without the call.

import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createKmsim, type Kmsim } from '../src/index.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

const app = 'arn:aws:iam::000000000000:role/App';

async function keyOf(sim: Kmsim): Promise<string> {
  const { KeyMetadata } = await sim.as().createKey();
  return KeyMetadata?.Arn ?? '';
}

describe('explain', () => {
  test('says what the call would say, with the reasons', async () => {
    const sim = createKmsim({ seed: 1 });
    const keyId = await keyOf(sim);
    const refused = sim.explain({ as: app, operation: 'Encrypt', keyId });
    expect(refused.allowed).toBe(false);
    expect(refused.decisions).toMatchObject([
      { outcome: 'ImplicitDeny', reason: 'no identity policy statement allows it' },
    ]);
    expect(`${refused}`).toContain(app);
    expect(`${refused}`).toContain('kms:Encrypt');
    const call = sim.as(app).encrypt({ KeyId: keyId, Plaintext: new Uint8Array(1) });
    await expect(call).rejects.toMatchObject({ name: 'AccessDeniedException', decision: { outcome: 'ImplicitDeny' } });
    const granted = sim.explain({ operation: 'Encrypt', keyId });
    expect(granted.allowed).toBe(true);
    expect(`${granted}`).toMatch(/^Allow: allowed/);
  });

  test('takes the members of the request that conditions look at', async () => {
    const sim = createKmsim({ seed: 1 });
    const allowed = { 'kms:SigningAlgorithm': 'ECDSA_SHA_256', 'kms:EncryptionContext:tenant': 'a' };
    const Statement = Object.entries(allowed).map(([key, value]) => ({
      Effect: 'Allow',
      Action: key === 'kms:SigningAlgorithm' ? 'kms:Sign' : 'kms:Encrypt',
      Resource: '*',
      Condition: { StringEquals: { [key]: value } },
    }));
    sim.identities.put({ arn: app, policies: { signer: { Version: '2012-10-17', Statement } } });
    const { KeyMetadata } = await sim.as().createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    const asked = { as: app, operation: 'Sign', keyId: KeyMetadata?.Arn ?? '' } as const;
    expect(sim.explain({ ...asked, input: { SigningAlgorithm: 'ECDSA_SHA_256' } }).allowed).toBe(true);
    expect(sim.explain(asked).allowed).toBe(false);
    const encrypt = { as: app, operation: 'Encrypt', keyId: await keyOf(sim) } as const;
    expect(sim.explain({ ...encrypt, input: { EncryptionContext: { tenant: 'a' } } }).allowed).toBe(true);
    expect(sim.explain({ ...encrypt, input: { EncryptionContext: { tenant: 'b' } } }).allowed).toBe(false);
  });

  test('names a grant, with the tokens that come with the request, and asks it who may retire it', async () => {
    const sim = createKmsim({ seed: 1, grantDelay: 60_000 });
    const keyId = await keyOf(sim);
    const { GrantId: grantId = '', GrantToken = '' } = await sim
      .as()
      .createGrant({ KeyId: keyId, GranteePrincipal: app, RetiringPrincipal: app, Operations: ['Encrypt'] });
    expect(sim.explain({ as: app, operation: 'Encrypt', keyId }).allowed).toBe(false);
    const told = sim.explain({ as: app, operation: 'Encrypt', keyId, grantTokens: [GrantToken] });
    expect(told.allowed).toBe(true);
    expect(`${told}`).toContain(grantId);
    expect(sim.explain({ as: app, operation: 'RetireGrant', keyId, grantId }).allowed).toBe(true);
    expect(() => sim.explain({ operation: 'Encrypt', keyId, grantTokens: ['x'] })).toThrow('grant token');
  });

  test('names the session policy where it alone is missing, as the refusal does', async () => {
    const sim = createKmsim({ seed: 1 });
    const allow = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };
    const Statement = ['arn:aws:iam::000000000000:root', app].map((AWS) => ({ ...allow, Principal: { AWS } }));
    const { KeyMetadata } = await sim.as().createKey({ Policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
    const KeyId = KeyMetadata?.Arn ?? '';
    const encryptOnly = { Version: '2012-10-17', Statement: { ...allow, Action: 'kms:Encrypt' } };
    const session = { name: 's1', policies: { encryptOnly } };
    const explained = sim.explain({ as: app, session, operation: 'Decrypt', keyId: KeyId });
    expect(`${explained}`).toMatch(/^ImplicitDeny: no session policy allows it\n/);
    const caller = sim.as(app, { session });
    const { CiphertextBlob } = await caller.encrypt({ KeyId, Plaintext: new Uint8Array(1) });
    await expect(caller.decrypt({ CiphertextBlob, KeyId })).rejects.toThrow(
      'because no session policy allows the kms:Decrypt action',
    );
  });

  test('shows its decisions on the console, with the reasons', async () => {
    const sim = createKmsim({ seed: 1 });
    const text = inspect(sim.explain({ operation: 'Encrypt', keyId: await keyOf(sim) }).decisions);
    expect(text).toContain("policyType: 'key policy'");
    expect(text).toContain('considered: [');
    expect(text).not.toContain('[Object]');
  });

  test('takes an operation as policies name it', async () => {
    const sim = createKmsim({ seed: 1 });
    const keyId = await keyOf(sim);
    const [plain, named] = (['Decrypt', 'kms:Decrypt'] as const).map((operation) => sim.explain({ operation, keyId }));
    expect(`${named}`).toBe(`${plain}`);
    expect(named?.allowed).toBe(true);
  });

  test('has one decision for each permission', async () => {
    const sim = createKmsim({ seed: 1 });
    const keyId = await keyOf(sim);
    expect(sim.explain({ operation: 'ReEncrypt', keyId }).decisions.map(({ request }) => request.action)).toEqual([
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ]);
    // Tags need a permission of their own, and are not asked for here.
    expect(sim.explain({ operation: 'CreateKey' }).decisions).toHaveLength(1);
  });

  test('takes the algorithm of an asymmetric key from the question', async () => {
    const sim = createKmsim({ seed: 1 });
    const Condition = { StringEquals: { 'kms:EncryptionAlgorithm': 'RSAES_OAEP_SHA_256' } };
    const Statement = { Effect: 'Allow', Action: 'kms:Encrypt', Resource: '*', Condition };
    sim.identities.put({ arn: app, policies: { p: { Version: '2012-10-17', Statement } } });
    const { KeyMetadata } = await sim.as().createKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    const question = { as: app, operation: 'Encrypt', keyId: KeyMetadata?.KeyId ?? '' } as const;
    const encryptionAlgorithm = 'RSAES_OAEP_SHA_256';
    expect(sim.explain({ ...question, encryptionAlgorithm }).allowed).toBe(true);
    expect(sim.explain(question).allowed).toBe(false);
    expect(kmsimErrorOf(() => sim.explain({ ...question, encryptionAlgorithm: 'RSA' as never }))).toMatchObject({
      code: 'InvalidOption',
    });
  });

  test.each([{ a: ['1'] }, { a: 1 }, { a: {} }, { a: 1n }, { a: undefined }, new Map([['a', '1']])])(
    'takes no encryption context that is no object of strings: %o',
    async (context) => {
      const sim = createKmsim({ seed: 1 });
      const keyId = await keyOf(sim);
      const encryptionContext = context as never;
      for (const ask of [
        () => sim.explain({ operation: 'Encrypt', keyId, encryptionContext }),
        () => sim.whoCan('Encrypt', keyId, { encryptionContext }),
      ])
        expect(kmsimErrorOf(ask)).toMatchObject({
          code: 'InvalidOption',
          message: expect.stringContaining('an object of strings'),
        });
    },
  );

  test('raises what finding the key raises', () => {
    const sim = createKmsim({ seed: 1 });
    const none = (): unknown => sim.explain({ operation: 'Decrypt', keyId: 'alias/none' });
    expect(none).toThrow(expect.objectContaining({ name: 'NotFoundException' }));
  });

  test('needs a key for an operation on keys: without its policy the answer would mean nothing', () => {
    const sim = createKmsim({ seed: 1 });
    expect(() => sim.explain({ operation: 'Decrypt' })).toThrow(/Value null at 'keyId'/);
    expect(sim.explain({ operation: 'ListKeys' }).allowed).toBe(true);
  });

  test.each([
    [{ operation: 'decrypt' }, /operation is the name of an operation/],
    [{ operation: 'kms:decrypt' }, /operation is the name of an operation/],
    [{ operation: 'kms:kms:Decrypt' }, /operation is the name of an operation/],
    [{ operation: '__proto__' }, /operation is the name of an operation/],
    [{}, /explain needs an operation/],
    [{ operation: 'ListKeys', key: 'x' }, /has no option "key"\. Did you mean keyId\?/],
    [{ operation: 'ListKeys', context: {} }, /Did you mean encryptionContext\?/],
    [{ operation: 'ListKeys', keyId: '' }, /keyId is the name of a key/],
    [undefined, /takes an object of options/],
  ])('%j is a mistake', (options, problem) => {
    const sim = createKmsim({ seed: 1 });
    const error = kmsimErrorOf(() => sim.explain(options as never));
    expect(error.code).toBe('InvalidOption');
    expect(error.message).toMatch(problem);
  });

  test('changes nothing, not even what is drawn next, also for an AWS managed key that is not there yet', async () => {
    const [asked, quiet] = [createKmsim({ seed: 1 }), createKmsim({ seed: 1 })];
    expect(asked.explain({ operation: 'Encrypt', keyId: 'alias/aws/s3' }).allowed).toBe(false);
    expect(asked.explain({ operation: 'DescribeKey', keyId: 'alias/aws/s3' }).allowed).toBe(true);
    expect(JSON.stringify(asked.snapshot())).toBe(JSON.stringify(quiet.snapshot()));
    expect(await asked.as().describeKey({ KeyId: 'alias/aws/s3' })).toEqual(
      await quiet.as().describeKey({ KeyId: 'alias/aws/s3' }),
    );
  });

  test('the decision of a refusal stays out of what is logged', async () => {
    const sim = createKmsim({ seed: 1 });
    const keyId = await keyOf(sim);
    const error = await sim
      .as(app)
      .describeKey({ KeyId: keyId })
      .catch((reason: unknown) => reason);
    expect(JSON.stringify(error)).not.toContain('Statement');
    expect(Object.keys(error as object)).not.toContain('decision');
  });
});
