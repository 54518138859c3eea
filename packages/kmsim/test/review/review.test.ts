// A review as a whole: its order, its text, and what is asked of it.

import { describe, expect, test } from 'vitest';
import { reviewOf } from '../../src/review/review.ts';
import { kmsimErrorOf } from '../kmsim-error-of.ts';
import { app, event, inventory, keyArn, keyRecord } from '../trail-records.ts';

const key = keyArn(1);
const start = '2026-01-01T00:00:00Z';
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', Principal: '*' },
});
const world = {
  events: Array.from({ length: 7 }, () => event('Decrypt', start)),
  inventory: inventory('2026-01-10T00:00:00Z', { keys: [keyRecord(key, start, { policy })] }),
};
const empty = { events: [], inventory: inventory('2026-01-10T00:00:00Z') };

describe('a review', () => {
  test('has the gravest first, and shows some of much evidence', () => {
    const { findings } = reviewOf(world);
    expect(findings.map(({ severity }) => severity)).toEqual(['high', 'medium', 'medium', 'low']);
    const unpinned = findings.find(({ rule }) => rule === 'decrypt-without-key-id');
    expect(unpinned).toMatchObject({ count: 7, subject: key });
    expect(unpinned?.evidence).toHaveLength(5);
    expect(unpinned?.evidence[0]?.eventID).toBe(world.events[0]?.eventID);
  });

  test('as text', () => {
    expect(`${reviewOf(world, { rules: ['decrypt-without-key-id'] })}`.split('\n')).toEqual([
      'medium A ciphertext is decrypted with whatever key it names [decrypt-without-key-id]',
      `       ${key}`,
      ...Array.from({ length: 5 }, () => `       - ${start} Decrypt without keyId, by ${app}`),
      '       - and 2 more',
      '       Send KeyId with Decrypt, and SourceKeyId with ReEncrypt: then only the key that you expect is used.',
      '       https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html',
    ]);
    expect(`${reviewOf(empty)}`).toBe('nothing found');
  });

  test('only what is asked for', () => {
    expect(reviewOf(world, { severity: 'high' }).findings.map(({ rule }) => rule)).toEqual(['wildcard-principal']);
    expect(reviewOf(world, { except: ['wildcard-principal'], severity: 'high' }).findings).toEqual([]);
  });

  test('knows policies from the trail where there is no inventory', () => {
    const put = event('PutKeyPolicy', start, { requestParameters: { policy } });
    const rules = { rules: ['wildcard-principal'] };
    expect(reviewOf({ ...empty, events: [put] }, rules).findings).toHaveLength(1);
    expect(reviewOf({ ...empty, events: [{ ...put, errorCode: 'AccessDenied' }] }, rules).findings).toEqual([]);
  });

  test.each<[object, RegExp]>([
    [{ rules: ['wildcard-principle'] }, /Did you mean wildcard-principal\?/],
    [{ except: ['x'] }, /no rule "x"/],
    [{ severity: 'grave' }, /'high' or 'medium' or 'low'/],
    [{ rule: [] }, /Did you mean rules\?/],
  ])('mistake: %j', (options, message) => {
    expect(kmsimErrorOf(() => reviewOf(empty, options))).toMatchObject({
      code: 'InvalidOption',
      problem: expect.stringMatching(message),
    });
  });
});
