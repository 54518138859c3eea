// An Ethereum transaction signed by a key of the simulation: ethers tells the address of the key from the signature.

import { computeAddress, getBytes, recoverAddress, Signature, Transaction } from 'ethers';
import { describe, expect, test } from 'vitest';
import { numbersOf, type SigningKey, signingKey } from './signing-key.ts';

// SEC 2 section 2.4.1.
const n = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

const hexOf = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString('hex')}`;
const numberOf = (bytes: Uint8Array): bigint => BigInt(hexOf(bytes));
const word = (number: bigint): string => `0x${number.toString(16).padStart(64, '0')}`;

/** The address of the key: of its point, the last 65 octets of the public key. */
function addressOf({ publicKey }: SigningKey): string {
  return computeAddress(hexOf(publicKey.export({ type: 'spki', format: 'der' }).subarray(-65)));
}

/** As wallets over KMS do: s into the lower half (EIP-2), and which of two points by trying both. */
async function ethereumSignature(key: SigningKey, digest: string): Promise<Signature> {
  const [r, s] = numbersOf(await key.sign(getBytes(digest), 'DIGEST')).map(numberOf);
  if (r === undefined || s === undefined) throw new Error('no signature');
  const low = s > n / 2n ? n - s : s;
  const found = ([0, 1] as const)
    .map((yParity) => Signature.from({ r: word(r), s: word(low), yParity }))
    .find((signature) => recoverAddress(digest, signature) === addressOf(key));
  return found ?? expect.fail('the signature is of another key');
}

const key = await signingKey('ECC_SECG_P256K1', 'ECDSA_SHA_256');

describe('a transaction', () => {
  test.each([0, 1, 2, 3, 4, 5, 6, 7])('of nonce %i is from the address of the key', async (nonce) => {
    const transaction = Transaction.from({
      type: 2,
      chainId: 1,
      nonce,
      to: '0x52908400098527886E0F7030069857D2E4169EE7',
      value: 10n ** 15n,
      gasLimit: 21_000n,
      maxFeePerGas: 30n * 10n ** 9n,
      maxPriorityFeePerGas: 10n ** 9n,
    });
    transaction.signature = await ethereumSignature(key, transaction.unsignedHash);
    const sent = Transaction.from(transaction.serialized);
    expect(sent.from).toBe(addressOf(key));
    expect(sent.isSigned()).toBe(true);
  });

  test('is from nobody known when another key has signed it', async () => {
    const digest = `0x${'11'.repeat(32)}`;
    const signature = await ethereumSignature(key, digest);
    expect(recoverAddress(`0x${'22'.repeat(32)}`, signature)).not.toBe(addressOf(key));
  });
});
