// Names and values as CloudTrail writes them.

import { describe, expect, test } from 'vitest';
import { dateText, timeText, trailName, trailObject, trailValue } from '../../src/audit/trail-value.ts';

test('names begin with a small letter', () => {
  expect(['KeyId', 'XksKeyId', 'AWSAccountId'].map(trailName)).toEqual(['keyId', 'xksKeyId', 'AWSAccountId']);
});

describe('dates', () => {
  // https://docs.aws.amazon.com/kms/latest/developerguide/ct-createkey.html and ct-importkeymaterial.html
  test.each([
    ['Aug 10, 2022, 10:38:27 PM', Date.UTC(2022, 7, 10, 22, 38, 27)],
    ['May 21, 2025, 5:47:45 AM', Date.UTC(2025, 4, 21, 5, 47, 45)],
    ['Jan 1, 2026, 12:00:00 AM', Date.UTC(2026, 0, 1)],
    ['Dec 31, 2026, 12:05:09 PM', Date.UTC(2026, 11, 31, 12, 5, 9)],
  ])('%s', (text, instant) => {
    expect(dateText(new Date(instant))).toBe(text);
  });

  test('eventTime is cut off at the second', () => {
    expect(timeText(Date.UTC(2026, 0, 1, 0, 0, 0, 999))).toBe('2026-01-01T00:00:00Z');
  });
});

test('structures and lists go down to the last member, an encryption context keeps its keys, and bytes are written nowhere', () => {
  const context = new Map([
    ['KeyId', 'A'],
    ['__proto__', 'B'],
  ]);
  expect(
    JSON.stringify(
      trailObject({
        Constraints: { EncryptionContextEquals: context },
        Tags: [{ TagKey: 'Key', TagValue: '' }],
        Plaintext: new Uint8Array(3),
        Nothing: undefined,
        Enabled: false,
      }),
    ),
  ).toBe(
    '{"constraints":{"encryptionContextEquals":{"KeyId":"A","__proto__":"B"}},"tags":[{"tagKey":"Key","tagValue":""}],"enabled":false}',
  );
  expect([trailValue(new Uint8Array(1)), trailValue(null), trailValue(1n)]).toEqual([undefined, undefined, undefined]);
});
