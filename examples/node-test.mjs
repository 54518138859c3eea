import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { createKmsim } from 'kmsim';
import { assertThat } from 'kmsim/assert';

const Orders = 'arn:aws:iam::000000000000:role/Orders';
let sim;

beforeEach(() => {
  sim = createKmsim({ seed: 'orders', identities: [{ arn: Orders }] });
});
afterEach(() => sim.close());

test('orders are encrypted for their tenant', async () => {
  const { KeyMetadata: key } = await sim.as().createKey();
  await sim.as().createGrant({ KeyId: key.Arn, GranteePrincipal: Orders, Operations: ['Encrypt'] });
  const order = { KeyId: key.Arn, Plaintext: Buffer.from('4711'), EncryptionContext: { tenant: 'acme' } };
  const { CiphertextBlob } = await sim.as(Orders).encrypt(order);
  await assert.rejects(sim.as(Orders).decrypt({ CiphertextBlob }), { name: 'AccessDeniedException' });

  assertThat(sim).toHaveEncryptedWithContext({ tenant: 'acme' });
  assertThat(sim).toHaveBeenDenied({ operation: 'Decrypt', by: 'identity policy' });
  assertThat(sim).not.toHaveBeenDenied({ because: 'explicit deny' });
  assertThat(sim).toHaveCalled('Encrypt', 1);
});
