// Values of one run as symbols.

import { describe, expect, test } from 'vitest';
import { createSymbols } from '../../src/record/symbols.ts';

const account = '210987654321';
const make = () =>
  createSymbols({
    account,
    callerArn: `arn:aws:iam::${account}:user/me`,
    regions: ['eu-west-1', 'us-west-2'],
    words: { uid1: 'a1b2c3d4' },
  });

test.each<[string, unknown]>([
  [account, { $template: '${account}' }],
  [`arn:aws:iam::${account}:user/me`, { $template: '${callerArn}' }],
  [`arn:aws:kms:us-west-2:${account}:alias/a1b2c3d4`, { $template: 'arn:aws:kms:${region2}:${account}:alias/${uid1}' }],
  [`{"AWS":"${account}"}`, { $template: '{"AWS":"${account}"}' }],
  ['eu-west-1', { $template: '${region}' }],
  ['nothing to see', 'nothing to see'],
  ['${aws:username}', { $template: '${dollar}{aws:username}' }],
  ['5 $', '5 $'],
  // No account: part of a UUID, of a longer number, of a word.
  [`00000000-0000-0000-0000-${account}`, `00000000-0000-0000-0000-${account}`],
  [`1${account}`, `1${account}`],
])('%s', (text, written) => {
  expect(make().write(text)).toEqual(written);
});

describe('what was seen', () => {
  test('is referred to, alone and inside a text', () => {
    const symbols = make();
    symbols.learn('1234-5678', 'key.KeyMetadata.KeyId');
    symbols.learn('1234-5678', 'other.KeyId');
    expect(symbols.write('1234-5678')).toEqual({ $ref: 'key.KeyMetadata.KeyId' });
    expect(symbols.referenceOf('1234-5678')).toBe('key.KeyMetadata.KeyId');
    expect(symbols.write('key/1234-5678 is disabled.')).toEqual({
      $template: 'key/${key.KeyMetadata.KeyId} is disabled.',
    });
    expect(symbols.referenceOf('nothing')).toBeUndefined();
  });

  test('is not looked for inside texts when it is long: blobs and tokens stand alone', () => {
    const symbols = make();
    const token = 'x'.repeat(200);
    symbols.learn(token, 'grant.GrantToken');
    expect(symbols.write(token)).toEqual({ $ref: 'grant.GrantToken' });
    expect(symbols.write(`${token}!`)).toBe(`${token}!`);
  });
});

test('accounts of others are not told, and stay apart', () => {
  const symbols = make();
  const arn = (id: string): string => `arn:aws:iam::${id}:root`;
  const [one, other, again] = ['999999999999', '888888888888', '999999999999'].map((id) => symbols.write(arn(id)));
  expect(one).toBe(arn('111122223333'));
  expect(other).toBe(arn('444455556666'));
  expect(again).toBe(one);
});
