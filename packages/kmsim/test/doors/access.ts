// What every door refuses, and how it says so.

import { describe, expect } from 'vitest';
import { app, bytes, type Door, failureOf, keyWithNames, neighbour, scenario, stranger, text } from './doors.ts';

const administrator = 'arn:aws:iam::000000000000:user/administrator';
const everything = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } };

function policy(...statements: readonly object[]): string {
  const own = { Sid: 'own', Effect: 'Allow', Principal: { AWS: administrator }, Action: 'kms:*', Resource: '*' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [own, ...statements] });
}

export function access(door: Door): void {
  describe('access', () => {
    scenario(door, 'a principal is refused, and let in once the key policy names it', async () => {
      await using house = await door.open();
      const kms = house.client();
      const { arn, id: KeyId } = await keyWithNames(kms);
      const theirs = house.client({ as: app });
      const refused = await failureOf(theirs.encrypt({ KeyId, Plaintext: bytes('no') }));
      expect(refused).toMatchObject({
        name: 'AccessDeniedException',
        message: `User: ${app} is not authorized to perform: kms:Encrypt on resource: ${arn} because no identity-based policy allows the kms:Encrypt action`,
        status: 400,
      });
      const Policy = policy({ Effect: 'Allow', Principal: { AWS: app }, Action: 'kms:Encrypt', Resource: '*' });
      await kms.putKeyPolicy({ KeyId, PolicyName: 'default', Policy });
      expect((await kms.getKeyPolicy({ KeyId, PolicyName: 'default' })).Policy).toBe(Policy);
      const { CiphertextBlob } = await theirs.encrypt({ KeyId, Plaintext: bytes('yes') });
      expect(text((await kms.decrypt({ CiphertextBlob })).Plaintext)).toBe('yes');
      // A ciphertext alone does not tell whose key it was.
      const closed = await failureOf(theirs.decrypt({ CiphertextBlob }));
      expect(closed.name).toBe('AccessDeniedException');
      expect(closed.message).not.toContain(arn);
      expect((await failureOf(house.client({ as: stranger }).describeKey({ KeyId }))).name).toBe(
        'AccessDeniedException',
      );
    });

    scenario(
      door,
      'an identity policy counts where the key policy leaves it to the account, and a Deny always',
      async () => {
        await using house = await door.open({ identities: [{ arn: app, policies: { kms: everything } }] });
        const kms = house.client();
        const theirs = house.client({ as: app });
        const { id: KeyId } = await keyWithNames(kms);
        expect((await theirs.describeKey({ KeyId })).KeyMetadata?.KeyId).toBe(KeyId);
        const root = {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::000000000000:root' },
          Action: 'kms:*',
          Resource: '*',
        };
        const deny = { Effect: 'Deny', Principal: { AWS: app }, Action: 'kms:Encrypt', Resource: '*' };
        await kms.putKeyPolicy({ KeyId, PolicyName: 'default', Policy: policy(root, deny) });
        expect((await theirs.describeKey({ KeyId })).KeyMetadata?.KeyId).toBe(KeyId);
        const failure = await failureOf(theirs.encrypt({ KeyId, Plaintext: bytes('no') }));
        expect(failure.message).toMatch(/with an explicit deny in a resource-based policy$/);
        await kms.putKeyPolicy({ KeyId, PolicyName: 'default', Policy: policy() });
        expect((await failureOf(theirs.describeKey({ KeyId }))).message).toMatch(
          /because no resource-based policy allows/,
        );
      },
    );

    scenario(door, 'another account sees nothing until the key policy names it', async () => {
      await using house = await door.open();
      const kms = house.client();
      const { arn, id } = await keyWithNames(kms);
      const theirs = house.client({ as: neighbour });
      expect((await failureOf(theirs.describeKey({ KeyId: id }))).name).toBe('NotFoundException');
      expect((await failureOf(theirs.describeKey({ KeyId: arn }))).name).toBe('AccessDeniedException');
      const Policy = policy({
        Effect: 'Allow',
        Principal: { AWS: '111122223333' },
        Action: 'kms:Describe*',
        Resource: '*',
      });
      await kms.putKeyPolicy({ KeyId: id, PolicyName: 'default', Policy });
      expect((await theirs.describeKey({ KeyId: arn })).KeyMetadata?.AWSAccountId).toBe('000000000000');
      expect((await theirs.listKeys({})).Keys).toEqual([]);
    });

    scenario(door, 'a policy that locks its author out is refused and changes nothing', async () => {
      await using house = await door.open();
      const kms = house.client();
      const { id: KeyId } = await keyWithNames(kms);
      const before = (await kms.getKeyPolicy({ KeyId, PolicyName: 'default' })).Policy;
      for (const Policy of [
        '{',
        '[]',
        JSON.stringify({
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Principal: { AWS: app }, Action: 'kms:*', Resource: '*' },
        }),
      ]) {
        expect((await failureOf(kms.putKeyPolicy({ KeyId, PolicyName: 'default', Policy }))).name).toBe(
          'MalformedPolicyDocumentException',
        );
      }
      expect((await kms.getKeyPolicy({ KeyId, PolicyName: 'default' })).Policy).toBe(before);
    });

    scenario(door, 'an error says what is wrong by name, message and status', async () => {
      await using house = await door.open();
      const kms = house.client();
      const missing = '11111111-1111-4111-8111-111111111111';
      const arn = `arn:aws:kms:us-east-1:000000000000:key/${missing}`;
      expect(await failureOf(kms.describeKey({ KeyId: missing }))).toMatchObject({
        name: 'NotFoundException',
        message: `Key '${arn}' does not exist`,
        status: 400,
      });
      expect(await failureOf(kms.describeKey({ KeyId: '' }))).toMatchObject({
        name: 'ValidationException',
        message:
          "1 validation error detected: Value '' at 'keyId' failed to satisfy constraint: Member must have length greater than or equal to 1",
        status: 400,
      });
      expect(await failureOf(kms.createCustomKeyStore({ CustomKeyStoreName: 'store' }))).toMatchObject({
        name: 'ValidationException',
        message: 'CloudHsmClusterId is required with the custom key store type AWS_CLOUDHSM.',
        status: 400,
      });
      expect((await kms.listKeys({})).Keys).toEqual([]);
    });

    scenario(
      door,
      'answers and errors carry a request id of their own',
      async () => {
        await using house = await door.open();
        const kms = house.client();
        const answered = (await kms.listKeys({})) as { $metadata?: { requestId?: string; httpStatusCode?: number } };
        const failure = await failureOf(kms.describeKey({ KeyId: 'alias/none' }));
        expect(answered.$metadata?.httpStatusCode).toBe(200);
        const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
        for (const id of [answered.$metadata?.requestId, failure.requestId]) expect(id).toMatch(uuid);
        expect(failure.requestId).not.toBe(answered.$metadata?.requestId);
      },
      'request ids',
    );

    scenario(
      door,
      'the errors that the model knows are instances of the classes of the SDK',
      async () => {
        await using house = await door.open();
        const { NotFoundException, KMSServiceException } = door.sdk ?? expect.fail('no SDK');
        const call = house.client().describeKey({ KeyId: 'alias/none' });
        await expect(call).rejects.toBeInstanceOf(NotFoundException);
        await expect(house.client().createAlias({ AliasName: 'none', TargetKeyId: 'x' })).rejects.toBeInstanceOf(
          KMSServiceException,
        );
      },
      'request ids',
    );
  });
}
