import { KMSClient } from '@aws-sdk/client-kms';
import { KMSSigner } from '@rumblefishdev/eth-signer-kms';
import { Transaction, verifyMessage } from 'ethers';
import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

test('a wallet whose key stays in KMS', async () => {
  const sim = createKmsim({ seed: 'ethers' });
  const { KeyMetadata: key } = await sim.as().createKey({ KeySpec: 'ECC_SECG_P256K1', KeyUsage: 'SIGN_VERIFY' });
  // Signing needs no node of Ethereum, so a test has none.
  const wallet = await KMSSigner.create(null as never, key?.Arn ?? '', new KMSClient(sim.clientConfig()));

  const signature = await wallet.signMessage('hello');
  expect(verifyMessage('hello', signature)).toBe(wallet.address);

  const to = '0x52908400098527886E0F7030069857D2E4169EE7';
  const sent = await wallet.signTransaction({
    type: 2,
    chainId: 1,
    nonce: 0,
    to,
    value: 10n ** 15n,
    gasLimit: 21_000n,
  });
  expect(Transaction.from(sent).from).toBe(wallet.address);

  expect(sim.trail.find({ operation: 'Sign', key: key?.Arn ?? '' })).toHaveLength(2);
});
