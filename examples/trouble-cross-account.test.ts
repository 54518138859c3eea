import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

const Owner = 'arn:aws:iam::000000000000:root';
const Partner = 'arn:aws:iam::111122223333:role/Partner';
const statement = (AWS: string, Action: string) => ({ Effect: 'Allow', Principal: { AWS }, Action, Resource: '*' });

test('another account needs the key policy and an IAM policy of its own, and names the key by its ARN', async () => {
  const sim = createKmsim({ seed: 'cross-account' });
  const kms = sim.as();
  const { KeyMetadata: key } = await kms.createKey();
  const KeyId = key?.Arn ?? '';
  const Plaintext = Buffer.from('4711');
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext });
  const decrypt = () => sim.as(Partner).decrypt({ KeyId, CiphertextBlob });
  const explanation = () => sim.explain({ as: Partner, operation: 'Decrypt', keyId: KeyId });

  // The owner's side: the key policy names the role, or its account.
  let text = `${await decrypt().catch(String)}\n\n${explanation()}\n\n`;
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [statement(Owner, 'kms:*'), statement(Partner, 'kms:*')],
  });
  await kms.putKeyPolicy({ KeyId, Policy });
  // The other side: the role's account gives it the permission as well.
  text += `${await decrypt().catch(String)}\n\n${explanation()}\n`;
  await expect(text).toMatchFileSnapshot('trouble-cross-account.txt');
  const everything = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'kms:*', Resource: KeyId } };
  sim.identities.put({ arn: Partner, policies: { everything } });
  expect((await decrypt()).Plaintext).toEqual(new Uint8Array(Plaintext));

  // A bare id and an alias name are looked for in the account of the caller.
  const byId = sim.as(Partner).encrypt({ KeyId: key?.KeyId ?? '', Plaintext });
  await expect(byId).rejects.toMatchObject({ name: 'NotFoundException' });
  // What manages a key never crosses accounts, whatever policies say.
  const managed = sim.as(Partner).scheduleKeyDeletion({ KeyId });
  await expect(managed).rejects.toMatchObject({ name: 'AccessDeniedException' });
});
