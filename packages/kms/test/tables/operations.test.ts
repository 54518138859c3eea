// The table of operations against the lists the API reference prints.

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type OperationRow, operationRows } from '../../src/tables/operations.ts';

const rows: readonly [string, OperationRow][] = Object.entries(operationRows);
const names = (holds: (row: OperationRow) => boolean): string[] =>
  rows
    .filter(([, row]) => holds(row))
    .map(([name]) => name)
    .sort();
const sorted = (text: string): string[] => text.trim().split(/\s+/).sort();

describe('the table of operations', () => {
  test('has 56 rows', () => {
    expect(rows).toHaveLength(56);
  });

  test('21 operations reach into another account', () => {
    expect(names((row) => row.crossAccount)).toEqual(
      sorted(`CreateGrant Decapsulate Decrypt DeriveSharedSecret DescribeKey Encapsulate Encrypt GenerateDataKey GenerateDataKeyPair
        GenerateDataKeyPairWithoutPlaintext GenerateDataKeyWithoutPlaintext GenerateMac GetKeyRotationStatus GetPublicKey ListGrants
        ReEncrypt RetireGrant RevokeGrant Sign Verify VerifyMac`),
    );
  });

  test('17 operations can run dry', () => {
    expect(names((row) => row.dryRun)).toEqual(
      sorted(`CreateGrant Decapsulate Decrypt DeriveSharedSecret Encapsulate Encrypt GenerateDataKey GenerateDataKeyPair
        GenerateDataKeyPairWithoutPlaintext GenerateDataKeyWithoutPlaintext GenerateMac ReEncrypt RetireGrant RevokeGrant Sign Verify VerifyMac`),
    );
  });

  test('grant tokens go with cryptography, CreateGrant, DescribeKey and GetPublicKey', () => {
    const others = names((row) => row.grantTokens && row.usage === undefined);
    expect(others).toEqual(['CreateGrant', 'DescribeKey', 'GetPublicKey']);
    expect(names((row) => row.usage !== undefined && !row.grantTokens)).toEqual([]);
  });

  test('an alias names the key in cryptographic operations, DescribeKey and GetPublicKey', () => {
    expect(names((row) => row.keyIdForms === 'any' && row.usage === undefined)).toEqual([
      'DescribeKey',
      'GetPublicKey',
    ]);
    expect(names((row) => row.usage !== undefined && row.keyIdForms !== 'any')).toEqual([]);
  });

  test('the use of the key', () => {
    const used = names((row) => row.usage === 'ENCRYPT_DECRYPT');
    expect(used).toEqual(
      sorted(
        `Decrypt Encrypt GenerateDataKey GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext GenerateDataKeyWithoutPlaintext ReEncrypt`,
      ),
    );
    expect(names((row) => row.usage === 'SIGN_VERIFY')).toEqual(['Sign', 'Verify']);
    expect(names((row) => row.usage === 'GENERATE_VERIFY_MAC')).toEqual(['GenerateMac', 'VerifyMac']);
    expect(names((row) => row.usage === 'KEY_AGREEMENT')).toEqual(['DeriveSharedSecret']);
    expect(names((row) => row.usage === 'ENCAPSULATE_DECAPSULATE')).toEqual(['Decapsulate', 'Encapsulate']);
    expect(names((row) => row.cryptographic && row.usage === undefined)).toEqual(['GenerateRandom']);
  });

  test('permissions that are more than the operation on its key', () => {
    const usual = (name: string, row: OperationRow): string => {
      const on = row.keyMembers.length === 0 ? 'none' : 'key';
      return `kms:${name} ${on}`;
    };
    const written = rows.map(([name, row]) => [
      name,
      row.permissions.map(
        (need) => `${need.action} ${need.on}${need.given === undefined ? '' : ` with ${need.given}`}`,
      ),
      usual(name, row),
    ]) as [string, string[], string][];
    expect(
      Object.fromEntries(
        written.filter(([, needs, expected]) => needs.join() !== expected).map(([name, needs]) => [name, needs]),
      ),
    ).toEqual({
      CreateAlias: ['kms:CreateAlias alias', 'kms:CreateAlias key'],
      CreateKey: ['kms:CreateKey none', 'kms:TagResource none with Tags'],
      DeleteAlias: ['kms:DeleteAlias alias', 'kms:DeleteAlias aliasKey'],
      ListAliases: ['kms:ListAliases none'],
      ReEncrypt: ['kms:ReEncryptFrom key', 'kms:ReEncryptTo destinationKey'],
      ReplicateKey: ['kms:ReplicateKey key', 'kms:CreateKey replicaRegion', 'kms:TagResource replicaRegion with Tags'],
      UpdateAlias: ['kms:UpdateAlias alias', 'kms:UpdateAlias aliasKey', 'kms:UpdateAlias key'],
      UpdatePrimaryRegion: ['kms:UpdatePrimaryRegion key', 'kms:UpdatePrimaryRegion replicaKey'],
    });
  });
});

describe('the collected facts', () => {
  const folder = new URL('../../../../../shared/facts/', import.meta.url);
  interface Fact {
    crossAccount: boolean | string | null;
    keyIdForms: string | null;
    grantTokens: boolean;
    dryRun: boolean;
  }

  test.skipIf(!existsSync(folder))(
    'agree on accounts, tokens, dry runs and key identifiers (skipped without ../shared/facts beside the project)',
    () => {
      const facts = (
        JSON.parse(readFileSync(new URL('authz-actions.json', folder), 'utf8')) as { actions: Record<string, Fact> }
      ).actions;
      const told = Object.entries(facts).map(([name, fact]) => [
        name,
        fact.crossAccount === true,
        fact.grantTokens,
        fact.dryRun,
        fact.keyIdForms,
      ]);
      const forms = { any: 'id|arn|alias|aliasArn', key: 'id|arn', none: null };
      // The reference prints no forms for the two MAC operations; kms:RequestAlias, which only an alias can satisfy, is listed for both.
      const unprinted = ['GenerateMac', 'VerifyMac'];
      const ours = rows.map(([name, row]) => [
        name,
        row.crossAccount,
        row.grantTokens,
        row.dryRun,
        unprinted.includes(name) ? 'id|arn' : forms[row.keyIdForms],
      ]);
      expect(ours.sort()).toEqual(told.sort());
    },
  );

  test.skipIf(!existsSync(folder))('agree on the actions (skipped without ../shared/facts beside the project)', () => {
    type Fact = { actions: { action: string }[]; additional?: { action: string; when: string }[] };
    const facts = (
      JSON.parse(readFileSync(new URL('permissions.json', folder), 'utf8')) as { operations: Record<string, Fact> }
    ).operations;
    for (const [name, row] of rows) {
      const tagging = (facts[name]?.additional ?? [])
        .filter((need) => need.when === 'Tags given')
        .map((need) => need.action);
      expect(row.permissions.map((need) => need.action).sort(), name).toEqual(
        [...(facts[name]?.actions ?? []).map((need) => need.action), ...tagging].sort(),
      );
    }
  });
});
