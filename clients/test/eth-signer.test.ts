// A signer of Ethereum whose key is in the simulation: what it signs is of the address of that key, to ethers.

import { createPrivateKey, createPublicKey, publicEncrypt } from 'node:crypto';
import { KMSClient } from '@aws-sdk/client-kms';
import { getEthAddressFromKMS, KMSSigner } from '@rumblefishdev/eth-signer-kms';
import {
  computeAddress,
  getBytes,
  hexlify,
  Signature,
  Transaction,
  verifyMessage,
  verifyTypedData,
  Wallet,
} from 'ethers';
import { createKmsim } from 'kmsim';
import { describe, expect, test } from 'vitest';

// SEC 2 section 2.4.1; EIP-2 takes the lower half of s.
const n = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

const sim = createKmsim({ seed: 'ethereum' });
const client = new KMSClient(sim.clientConfig());
const { KeyMetadata } = await sim.as().createKey({ KeySpec: 'ECC_SECG_P256K1', KeyUsage: 'SIGN_VERIFY' });
const keyId = KeyMetadata?.Arn ?? '';

// Signing asks no node of Ethereum.
const provider = null as never;
const signer = await KMSSigner.create(provider, keyId, client);

function expectLow({ s }: Signature): void {
  expect(BigInt(s)).toBeLessThanOrEqual(n / 2n);
}

const many = Array.from({ length: 8 }, (_, at) => at);

test('the address is that of the public key', async () => {
  const { PublicKey } = await sim.as().getPublicKey({ KeyId: keyId });
  // The point, uncompressed, is the end of the key: SEC 1 section 2.3.3 and appendix C.3.
  const address = computeAddress(hexlify((PublicKey ?? new Uint8Array()).subarray(-65)));
  expect(await signer.getAddress()).toBe(address);
  expect(await getEthAddressFromKMS({ keyId, kmsInstance: client })).toBe(address);
});

test('an account that was somewhere else before goes on in KMS, with its address', async () => {
  const wallet = new Wallet(`0x${'42'.repeat(32)}`);
  const kms = sim.as();
  const created = await kms.createKey({ KeySpec: 'ECC_SECG_P256K1', KeyUsage: 'SIGN_VERIFY', Origin: 'EXTERNAL' });
  const KeyId = created.KeyMetadata?.Arn ?? '';
  const wrapping = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' } as const;
  const { ImportToken, PublicKey } = await kms.getParametersForImport({ KeyId, ...wrapping });
  const point = getBytes(wallet.signingKey.publicKey);
  const base64url = (octets: Uint8Array): string => Buffer.from(octets).toString('base64url');
  const [x, y] = [base64url(point.subarray(1, 33)), base64url(point.subarray(33))];
  const jwk = { kty: 'EC', crv: 'secp256k1', d: base64url(getBytes(wallet.privateKey)), x, y };
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' });
  const material = privateKey.export({ type: 'pkcs8', format: 'der' });
  const key = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
  await kms.importKeyMaterial({
    KeyId,
    ImportToken: ImportToken ?? new Uint8Array(),
    EncryptedKeyMaterial: publicEncrypt({ key, oaepHash: 'sha256' }, material),
    ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
  });
  const moved = await KMSSigner.create(provider, KeyId, client);
  expect(moved.address).toBe(wallet.address);
  expect(verifyMessage('pay', await moved.signMessage('pay'))).toBe(wallet.address);
});

describe('what it signs', () => {
  test.each(many)('message %i is of the address', async (each) => {
    const message = `pay ${each}`;
    const signature = await signer.signMessage(message);
    expect(verifyMessage(message, signature)).toBe(signer.address);
    expect(verifyMessage(`pay ${each + 1}`, signature)).not.toBe(signer.address);
    expectLow(Signature.from(signature));
  });

  test.each(many)('transaction %i is from the address', async (nonce) => {
    const type = nonce % 3;
    const fees = type === 2 ? { maxFeePerGas: 30_000_000_000n, maxPriorityFeePerGas: 1n } : { gasPrice: 1n };
    const to = '0x52908400098527886E0F7030069857D2E4169EE7';
    const sent = { type, chainId: 1, nonce, to, value: 10n ** 15n, gasLimit: 21_000n, ...fees };
    const signed = Transaction.from(await signer.signTransaction({ ...sent, from: signer.address }));
    expect(signed.from).toBe(signer.address);
    expect(signed.toJSON()).toMatchObject({ type, nonce, to, value: '1000000000000000', chainId: '1' });
    if (signed.signature !== null) expectLow(signed.signature);
  });

  test('typed data (EIP-712) are of the address', async () => {
    const domain = { name: 'Orders', version: '1', chainId: 1 };
    const types = {
      Order: [
        { name: 'id', type: 'uint256' },
        { name: 'buyer', type: 'address' },
      ],
    };
    const order = { id: 4711, buyer: signer.address };
    const signature = await signer.signTypedData(domain, types, order);
    expect(verifyTypedData(domain, types, order, signature)).toBe(signer.address);
    expect(verifyTypedData(domain, types, { ...order, id: 1 }, signature)).not.toBe(signer.address);
    expectLow(Signature.from(signature));
  });
});

describe('KMS', () => {
  test('signs with an s of either half, so that the signer has something to mend', async () => {
    const halves = new Set<boolean>();
    for (const each of many) {
      const signed = { KeyId: keyId, Message: Buffer.from([each]), SigningAlgorithm: 'ECDSA_SHA_256' as const };
      const { Signature: der = new Uint8Array() } = await sim.as().sign(signed);
      const r = der[3] ?? 0;
      halves.add(BigInt(hexlify(der.subarray(6 + r))) <= n / 2n);
    }
    expect(halves).toEqual(new Set([true, false]));
  });

  test('has signed digests, and never saw what they are of', async () => {
    await signer.signMessage('pay');
    expect(sim.trail.last()).toMatchObject({
      eventName: 'Sign',
      requestParameters: { keyId, messageType: 'DIGEST', signingAlgorithm: 'ECDSA_SHA_256' },
    });
  });

  test('lets nobody sign who may only read the public key', async () => {
    const Watcher = 'arn:aws:iam::000000000000:role/Watcher';
    const policy = { Effect: 'Allow', Action: 'kms:GetPublicKey', Resource: '*' };
    sim.identities.put({ arn: Watcher, policies: { watch: { Version: '2012-10-17', Statement: [policy] } } });
    const watching = await KMSSigner.create(provider, keyId, new KMSClient(sim.clientConfig({ as: Watcher })));
    expect(watching.address).toBe(signer.address);
    await expect(watching.signMessage('pay')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('signs for an address only with its own key', async () => {
    const { KeyMetadata: other } = await sim.as().createKey({ KeySpec: 'ECC_SECG_P256K1', KeyUsage: 'SIGN_VERIFY' });
    const mixed = new KMSSigner(provider, signer.address, other?.Arn ?? '', client);
    await expect(mixed.signMessage('pay')).rejects.toThrow('Failed to calculate recovery param');
  });
});
