// What every door does with keys: describing, naming, tagging, rotating, deleting.

import type { KMSClient } from '@aws-sdk/client-kms';
import { describe, expect } from 'vitest';
import { bytes, type Door, failureOf, keyWithNames, scenario, text } from './doors.ts';

export function keys(door: Door): void {
  describe('keys', () => {
    scenario(door, 'describes a key by every form of its name, with dates as Date', async () => {
      await using house = await door.open();
      const kms = house.client();
      const { arn, id, names } = await keyWithNames(kms);
      for (const KeyId of names) {
        const { KeyMetadata } = await kms.describeKey({ KeyId });
        expect(KeyMetadata).toMatchObject({
          Arn: arn,
          KeyId: id,
          KeyState: 'Enabled',
          Description: 'orders',
          Enabled: true,
        });
        expect(KeyMetadata?.CreationDate).toEqual(new Date('2026-01-01T00:00:00Z'));
        expect(KeyMetadata?.CreationDate).toBeInstanceOf(Date);
      }
      await kms.updateKeyDescription({ KeyId: id, Description: 'invoices' });
      expect((await kms.describeKey({ KeyId: id })).KeyMetadata?.Description).toBe('invoices');
      expect((await kms.listKeys({})).Keys).toEqual([{ KeyId: id, KeyArn: arn }]);
    });

    scenario(door, 'knows a key in its own Region only', async () => {
      await using house = await door.open();
      const { id } = await keyWithNames(house.client());
      const away = house.client({ region: 'eu-west-1' });
      expect((await failureOf(away.describeKey({ KeyId: id }))).name).toBe('NotFoundException');
      const { KeyMetadata } = await away.createKey({});
      expect(KeyMetadata?.Arn).toMatch(/^arn:aws:kms:eu-west-1:000000000000:key\//);
    });

    scenario(door, 'lists aliases page by page, moves one and deletes one', async () => {
      await using house = await door.open();
      const kms = house.client();
      const { id } = await keyWithNames(kms, 'alias/n0');
      const other = (await kms.createKey({})).KeyMetadata?.KeyId ?? '';
      for (let n = 1; n < 7; n++) await kms.createAlias({ AliasName: `alias/n${n}`, TargetKeyId: id });
      const seen: (string | undefined)[] = [];
      let Marker: string | undefined;
      let pages = 0;
      do {
        const page = await kms.listAliases({ Limit: 3, ...(Marker !== undefined && { Marker }) });
        seen.push(...(page.Aliases ?? []).map(({ AliasName }) => AliasName));
        expect(page.Truncated).toBe(page.NextMarker !== undefined);
        Marker = page.NextMarker;
        pages += 1;
      } while (Marker !== undefined);
      expect(pages).toBe(3);
      expect(seen).toEqual(Array.from({ length: 7 }, (_, n) => `alias/n${n}`));
      await kms.updateAlias({ AliasName: 'alias/n1', TargetKeyId: other });
      expect((await kms.listAliases({ KeyId: other })).Aliases).toMatchObject([
        { AliasName: 'alias/n1', TargetKeyId: other },
      ]);
      await kms.deleteAlias({ AliasName: 'alias/n1' });
      expect((await failureOf(kms.describeKey({ KeyId: 'alias/n1' }))).name).toBe('NotFoundException');
      expect((await failureOf(kms.createAlias({ AliasName: 'alias/n2', TargetKeyId: other }))).name).toBe(
        'AlreadyExistsException',
      );
    });

    scenario(
      door,
      'the paginators of the SDK meet every key and every alias once',
      async () => {
        await using house = await door.open();
        const kms = house.client();
        const names: string[] = [];
        for (let n = 0; n < 5; n++) {
          const { id } = await keyWithNames(kms, `alias/p${n}`);
          names.push(id);
        }
        const client = kms as unknown as KMSClient;
        const met: (string | undefined)[] = [];
        const aliases: (string | undefined)[] = [];
        const { paginateListAliases, paginateListKeys } = door.sdk ?? expect.fail('no SDK');
        for await (const page of paginateListKeys({ client, pageSize: 2 }, {}))
          met.push(...(page.Keys ?? []).map(({ KeyId }) => KeyId));
        for await (const page of paginateListAliases({ client, pageSize: 2 }, {})) {
          aliases.push(...(page.Aliases ?? []).map(({ TargetKeyId }) => TargetKeyId));
        }
        expect(met).toEqual(names);
        expect(aliases).toEqual(names);
      },
      'paginators',
    );

    scenario(door, 'tags a key and takes tags off', async () => {
      await using house = await door.open();
      const kms = house.client();
      const Tags = [{ TagKey: 'Stage', TagValue: 'test' }];
      const KeyId = (await kms.createKey({ Tags })).KeyMetadata?.KeyId ?? '';
      await kms.tagResource({
        KeyId,
        Tags: [
          { TagKey: 'Owner', TagValue: 'Ünal' },
          { TagKey: 'Stage', TagValue: '' },
        ],
      });
      // In which order is no matter of the door.
      const tags = new Map(
        (await kms.listResourceTags({ KeyId })).Tags?.map(({ TagKey, TagValue }) => [TagKey, TagValue]),
      );
      expect(tags).toEqual(
        new Map([
          ['Owner', 'Ünal'],
          ['Stage', ''],
        ]),
      );
      await kms.untagResource({ KeyId, TagKeys: ['Stage', 'never there'] });
      expect((await kms.listResourceTags({ KeyId })).Tags).toEqual([{ TagKey: 'Owner', TagValue: 'Ünal' }]);
    });

    scenario(door, 'rotates every year as the clock moves, and opens what came before', async () => {
      await using house = await door.open();
      const kms = house.client();
      const { id: KeyId } = await keyWithNames(kms);
      expect((await kms.getKeyRotationStatus({ KeyId })).KeyRotationEnabled).toBe(false);
      await kms.enableKeyRotation({ KeyId });
      expect((await kms.getKeyRotationStatus({ KeyId })).KeyRotationEnabled).toBe(true);
      const before = await kms.encrypt({ KeyId, Plaintext: bytes('before') });
      house.sim.clock.advance('366 days');
      const after = await kms.encrypt({ KeyId, Plaintext: bytes('after') });
      for (const [{ CiphertextBlob }, plain] of [
        [before, 'before'],
        [after, 'after'],
      ] as const) {
        expect(text((await kms.decrypt({ CiphertextBlob })).Plaintext)).toBe(plain);
      }
      // Bytes 5 to 36 of a blob name the material.
      const material = (blob: Uint8Array | undefined): string => `${blob?.subarray(5, 37)}`;
      expect(material(after.CiphertextBlob)).not.toBe(material(before.CiphertextBlob));
      await kms.disableKeyRotation({ KeyId });
      expect((await kms.getKeyRotationStatus({ KeyId })).KeyRotationEnabled).toBe(false);
    });

    scenario(
      door,
      'rotates on demand and in a chosen period, and lists the rotations',
      async () => {
        await using house = await door.open();
        const kms = house.client();
        const { id: KeyId, arn } = await keyWithNames(kms);
        await kms.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 });
        const status = await kms.getKeyRotationStatus({ KeyId });
        expect(status).toMatchObject({ RotationPeriodInDays: 90, NextRotationDate: new Date('2026-04-01T00:00:00Z') });
        await kms.rotateKeyOnDemand({ KeyId });
        house.sim.clock.advance('91 days');
        const { Rotations } = await kms.listKeyRotations({ KeyId });
        expect(Rotations).toMatchObject([
          { KeyId: arn, RotationType: 'ON_DEMAND', KeyMaterialState: 'NON_CURRENT' },
          {
            KeyId: arn,
            RotationType: 'AUTOMATIC',
            KeyMaterialState: 'CURRENT',
            RotationDate: new Date('2026-04-01T00:00:00Z'),
          },
        ]);
        expect((await failureOf(kms.enableKeyRotation({ KeyId, RotationPeriodInDays: 89 }))).name).toBe(
          'ValidationException',
        );
      },
      'operations of 2024',
    );

    scenario(door, 'a disabled key encrypts again once it is enabled', async () => {
      await using house = await door.open();
      const kms = house.client();
      const { id: KeyId, arn } = await keyWithNames(kms);
      await kms.disableKey({ KeyId });
      expect((await kms.describeKey({ KeyId })).KeyMetadata).toMatchObject({ KeyState: 'Disabled', Enabled: false });
      const failure = await failureOf(kms.encrypt({ KeyId, Plaintext: bytes('no') }));
      expect(failure).toMatchObject({ name: 'DisabledException', message: `${arn} is disabled.`, status: 400 });
      await kms.enableKey({ KeyId });
      const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: bytes('yes') });
      expect(text((await kms.decrypt({ CiphertextBlob })).Plaintext)).toBe('yes');
    });

    scenario(
      door,
      'a key waits for its deletion, can be saved, and is gone with its alias after the window',
      async () => {
        await using house = await door.open();
        const kms = house.client();
        const { id: KeyId } = await keyWithNames(kms);
        const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: bytes('lost') });
        const scheduled = await kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
        expect(scheduled).toMatchObject({
          KeyState: 'PendingDeletion',
          DeletionDate: new Date('2026-01-08T00:00:00Z'),
        });
        expect((await failureOf(kms.decrypt({ CiphertextBlob }))).name).toBe('KMSInvalidStateException');
        await kms.cancelKeyDeletion({ KeyId });
        await kms.enableKey({ KeyId });
        expect(text((await kms.decrypt({ CiphertextBlob })).Plaintext)).toBe('lost');
        await kms.scheduleKeyDeletion({ KeyId });
        house.sim.clock.advance('29 days 23 hours');
        expect((await kms.describeKey({ KeyId })).KeyMetadata?.KeyState).toBe('PendingDeletion');
        house.sim.clock.advance('1 hour');
        expect((await failureOf(kms.describeKey({ KeyId }))).name).toBe('NotFoundException');
        expect((await kms.listAliases({})).Aliases).toEqual([]);
        expect((await failureOf(kms.decrypt({ CiphertextBlob }))).name).toBe('AccessDeniedException');
        for (const PendingWindowInDays of [6, 31]) {
          const failure = await failureOf(kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays }));
          expect(failure.name).toBe('ValidationException');
        }
      },
    );
  });
}
