// Answers as patterns.

import { operationShapes, structures } from '@kmsim/kms';
import { describe, expect, test } from 'vitest';
import { errorPatternOf, mintedKind, patternOf, timestampMembers } from '../../src/record/pattern.ts';
import { createSymbols } from '../../src/record/symbols.ts';

const id = '1234abcd-12ab-34cd-56ef-1234567890ab';
const arn = `arn:aws:kms:eu-west-1:210987654321:key/${id}`;
const make = () => createSymbols({ account: '210987654321', regions: ['eu-west-1'] });

describe('an answer', () => {
  test('keeps what is the same in every run, and names the kind of the rest', () => {
    const answer = {
      KeyMetadata: {
        ...{ AWSAccountId: '210987654321', Arn: arn, KeyId: id, CreationDate: 1_700_000_000.5, Enabled: true },
        ...{ Description: 'mine', KeySpec: 'RSA_2048', SigningAlgorithms: ['A', 'B'], PendingDeletionWindowInDays: 7 },
      },
    };
    expect(patternOf('key', answer, make())).toEqual({
      KeyMetadata: {
        AWSAccountId: { $template: '${account}' },
        Arn: { $template: 'arn:aws:kms:${region}:${account}:key/${key.KeyMetadata.KeyId}' },
        KeyId: { $any: 'uuid' },
        CreationDate: { $any: 'timestamp' },
        Enabled: true,
        Description: 'mine',
        KeySpec: 'RSA_2048',
        SigningAlgorithms: ['A', 'B'],
        PendingDeletionWindowInDays: 7,
      },
    });
  });

  test('refers to what an earlier one has minted', () => {
    const symbols = make();
    patternOf('key', { KeyMetadata: { KeyId: id, CurrentKeyMaterialId: '0a'.repeat(32) } }, symbols);
    patternOf('enc', { CiphertextBlob: Buffer.alloc(40).toString('base64') }, symbols);
    const again = { KeyId: arn, KeyMaterialId: '0a'.repeat(32), CiphertextBlob: Buffer.alloc(40).toString('base64') };
    expect(patternOf('dec', again, symbols)).toEqual({
      KeyId: { $template: 'arn:aws:kms:${region}:${account}:key/${key.KeyMetadata.KeyId}' },
      KeyMaterialId: { $ref: 'key.KeyMetadata.CurrentKeyMaterialId' },
      CiphertextBlob: { $ref: 'enc.CiphertextBlob' },
    });
  });

  test('tells no secret, only its length', () => {
    const secret = Buffer.from('0123456789abcdef0123456789abcdef').toString('base64');
    const pattern = patternOf('dek', { Plaintext: secret, CiphertextBlob: secret.replace('M', 'N') }, make());
    expect(pattern).toEqual({ Plaintext: { $length: 32 }, CiphertextBlob: { $any: 'blob' } });
    expect(JSON.stringify(pattern)).not.toContain(secret);
  });

  test('in a list refers by position', () => {
    const symbols = make();
    const pattern = patternOf('list', { Grants: [{ GrantId: '0b'.repeat(32) }], Truncated: false }, symbols);
    expect(pattern).toEqual({ Grants: [{ GrantId: { $any: 'keyMaterialId' } }], Truncated: false });
    expect(symbols.write('0b'.repeat(32))).toEqual({ $ref: 'list.Grants.0.GrantId' });
  });

  test('of a few bytes is not taken for the same bytes', () => {
    const symbols = make();
    patternOf('one', { Plaintext: 'AA==' }, symbols);
    expect(patternOf('two', { Plaintext: 'AA==' }, symbols)).toEqual({ Plaintext: { $length: 1 } });
    expect(patternOf('none', { Plaintext: '' }, symbols)).toEqual({ Plaintext: { $length: 0 } });
  });
});

test.each<[Record<string, unknown>, object]>([
  [
    { __type: 'NotFoundException', message: `Key '${arn}' does not exist` },
    {
      message: {
        $template: "Key 'arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab' does not exist",
      },
      messageMember: 'message',
    },
  ],
  [{ __type: 'NotFoundException' }, { message: { $absent: true } }],
  [
    { __type: 'com.amazon#NotFoundException', Message: 'no' },
    { message: 'no', messageMember: 'Message', type: 'com.amazon#NotFoundException' },
  ],
])('an error keeps its form on the wire: %j', (body, pattern) => {
  expect(errorPatternOf(400, body, make())).toEqual({
    code: 'NotFoundException',
    status: 400,
    type: 'NotFoundException',
    ...pattern,
  });
});

test.each([
  ['KeyId', id, 'uuid'],
  ['KeyId', `mrk-${'0'.repeat(32)}`, 'mrkKeyId'],
  ['GrantToken', 'abc', 'string'],
  ['AliasName', 'alias/a', undefined],
])('%s %s is made up as %s', (name, value, kind) => {
  expect(mintedKind(name, value)).toBe(kind);
});

test('the members that hold a time are those of the API model', () => {
  const found = new Set<string>();
  const visit = (of: keyof typeof structures): void => {
    for (const { name, shape } of structures[of]) {
      if (shape.kind === 'timestamp') found.add(name);
      if (shape.kind === 'structure') visit(shape.of);
      if (shape.kind === 'list' && shape.item.kind === 'structure') visit(shape.item.of);
    }
  };
  for (const { output } of Object.values(operationShapes)) if (output !== undefined) visit(output);
  expect([...timestampMembers].sort()).toEqual([...found].sort());
});
