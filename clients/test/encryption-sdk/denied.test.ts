// What the AWS Encryption SDK says when KMS denies, and what the simulation adds.

import { KmsKeyringNode } from '@aws-crypto/client-node';
import { describe, expect, test } from 'vitest';
import { account, clientsOf, decrypt, encrypt, newKey, simulation } from './room.ts';

const [Writer, Reader] = ['Writer', 'Reader'].map((name) => `arn:aws:iam::${account}:role/${name}`) as [string, string];

function statement(principal: string, action: string, tenant: string) {
  return {
    Effect: 'Allow',
    Principal: { AWS: principal },
    Action: action,
    Resource: '*',
    Condition: { StringEquals: { 'kms:EncryptionContext:tenant': tenant } },
  };
}

async function guarded(seed: string) {
  const sim = simulation(seed, { identities: [{ arn: Writer }, { arn: Reader }], grantDelay: '5 minutes' });
  const keyId = await newKey(sim);
  const root = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' };
  const Statement = [root, statement(Writer, 'kms:GenerateDataKey', 'acme'), statement(Reader, 'kms:Decrypt', 'acme')];
  await sim.as().putKeyPolicy({ KeyId: keyId, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
  const keyring = (as: string, grantTokens: string[] = []): KmsKeyringNode =>
    new KmsKeyringNode({ clientProvider: clientsOf(sim, as), generatorKeyId: keyId, grantTokens });
  return { sim, keyId, keyring };
}

// Copies go out: `encrypt` writes into the options that it is given.
const [ofAcme, ofUmbrella] = ['acme', 'umbrella'].map((tenant) => ({ encryptionContext: { tenant } }));

describe('a role', () => {
  test('that may only write cannot read, and one that may only read cannot write', async () => {
    const { keyring } = await guarded('roles');
    const { result } = await encrypt(keyring(Writer), '4711', { ...ofAcme });
    expect((await decrypt(keyring(Reader), result)).plaintext.toString()).toBe('4711');
    await expect(decrypt(keyring(Writer), result)).rejects.toThrow('AccessDeniedException');
    await expect(encrypt(keyring(Reader), '4711', { ...ofAcme })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  test('is denied in another context, and the simulation says which condition did it', async () => {
    const { keyId, keyring, sim } = await guarded('context');
    await expect(encrypt(keyring(Writer), '4711', { ...ofUmbrella })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    expect(sim.trail.find({ principal: Writer, errorCode: 'AccessDenied', key: keyId })).toHaveLength(1);
    const why = sim.explain({ as: Writer, operation: 'GenerateDataKey', keyId, ...ofUmbrella });
    expect(why.allowed).toBe(false);
    expect(String(why)).toContain('kms:EncryptionContext:tenant');
    expect(sim.explain({ as: Writer, operation: 'GenerateDataKey', keyId, ...ofAcme }).allowed).toBe(true);
  });

  test('with the token of a new grant may read before the grant is known everywhere', async () => {
    const { keyId, keyring, sim } = await guarded('grant');
    const { result } = await encrypt(keyring(Writer), '4711', { ...ofAcme });
    const granted = { KeyId: keyId, GranteePrincipal: Writer, Operations: ['Decrypt' as const] };
    const { GrantToken = '' } = await sim.as().createGrant(granted);
    await expect(decrypt(keyring(Writer), result)).rejects.toThrow('AccessDeniedException');
    expect((await decrypt(keyring(Writer, [GrantToken]), result)).plaintext.toString()).toBe('4711');
    sim.clock.advance('5 minutes');
    expect((await decrypt(keyring(Writer), result)).plaintext.toString()).toBe('4711');
  });
});
