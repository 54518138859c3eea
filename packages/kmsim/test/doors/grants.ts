// Grants, through every door.

import { describe, expect } from 'vitest';
import { app, bytes, type Door, failureOf, keyWithNames, neighbour, scenario, stranger, text } from './doors.ts';

export function grants(door: Door): void {
  describe('grants', () => {
    scenario(door, 'a grant lets its grantee in for what it says, until it is revoked', async () => {
      await using house = await door.open();
      const kms = house.client();
      const theirs = house.client({ as: app });
      const { arn: KeyId } = await keyWithNames(kms);
      const use = { KeyId, Plaintext: bytes('yes'), EncryptionContext: { tenant: 'acme' } };
      expect((await failureOf(theirs.encrypt(use))).name).toBe('AccessDeniedException');
      const { GrantId = '', GrantToken = '' } = await kms.createGrant({
        KeyId,
        GranteePrincipal: app,
        RetiringPrincipal: stranger,
        Operations: ['Encrypt', 'Decrypt'],
        Constraints: { EncryptionContextSubset: { tenant: 'acme' } },
        Name: 'acme',
      });
      const { CiphertextBlob } = await theirs.encrypt({ ...use, GrantTokens: [GrantToken] });
      const opened = await theirs.decrypt({ CiphertextBlob, EncryptionContext: use.EncryptionContext });
      expect(text(opened.Plaintext)).toBe('yes');
      const other = { ...use, EncryptionContext: { tenant: 'umbrella' } };
      expect((await failureOf(theirs.encrypt(other))).name).toBe('AccessDeniedException');
      expect((await failureOf(theirs.encrypt({ ...use, GrantTokens: ['none'] }))).name).toBe(
        'InvalidGrantTokenException',
      );
      const listed = await kms.listGrants({ KeyId });
      expect(listed.Truncated).toBe(false);
      expect(listed.Grants).toEqual([
        {
          KeyId,
          GrantId,
          Name: 'acme',
          CreationDate: house.sim.clock.now(),
          GranteePrincipal: app,
          RetiringPrincipal: stranger,
          IssuingAccount: 'arn:aws:iam::000000000000:root',
          Operations: ['Encrypt', 'Decrypt'],
          Constraints: { EncryptionContextSubset: { tenant: 'acme' } },
        },
      ]);
      expect((await kms.listRetirableGrants({ RetiringPrincipal: stranger })).Grants).toEqual(listed.Grants);
      await kms.revokeGrant({ KeyId, GrantId });
      expect((await failureOf(theirs.encrypt(use))).name).toBe('AccessDeniedException');
    });

    scenario(door, 'a retiring principal of another account retires a grant by its token', async () => {
      await using house = await door.open();
      const kms = house.client();
      const { arn: KeyId } = await keyWithNames(kms);
      const { GrantToken } = await kms.createGrant({
        KeyId,
        GranteePrincipal: app,
        RetiringPrincipal: neighbour,
        Operations: ['DescribeKey'],
      });
      expect((await failureOf(house.client({ as: stranger }).retireGrant({ GrantToken }))).name).toBe(
        'AccessDeniedException',
      );
      await house.client({ as: neighbour }).retireGrant({ GrantToken });
      expect((await kms.listGrants({ KeyId })).Grants).toEqual([]);
      expect((await failureOf(kms.retireGrant({ GrantToken }))).name).toBe('NotFoundException');
    });

    scenario(door, 'with a delay a grant works with its token only, at first', async () => {
      await using house = await door.open({ grantDelay: '5 minutes' });
      const kms = house.client();
      const theirs = house.client({ as: app });
      const { arn: KeyId } = await keyWithNames(kms);
      const { GrantToken = '' } = await kms.createGrant({ KeyId, GranteePrincipal: app, Operations: ['DescribeKey'] });
      expect((await failureOf(theirs.describeKey({ KeyId }))).name).toBe('AccessDeniedException');
      await theirs.describeKey({ KeyId, GrantTokens: [GrantToken] });
      house.sim.clock.advance('5 minutes');
      await theirs.describeKey({ KeyId });
    });
  });
}
