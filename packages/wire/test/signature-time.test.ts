import { describe, expect, test } from 'vitest';
import { checkTimestamp } from '../src/signature-time.ts';

const now = Date.UTC(2018, 9, 2, 16, 58, 12);

describe('an instant within five minutes of the clock', () => {
  test.each(['20181002T165812Z', '20181002T165759Z', '20181002T165312Z', '20181002T165900Z', '20181002T170312Z'])(
    '%s',
    (timestamp) => {
      expect(checkTimestamp(timestamp, now)).toBeUndefined();
    },
  );

  test('also over the end of a year, and on a leap day', () => {
    expect(checkTimestamp('20191231T235900Z', Date.UTC(2020, 0, 1, 0, 1, 0))).toBeUndefined();
    expect(checkTimestamp('20200229T000000Z', Date.UTC(2020, 1, 29))).toBeUndefined();
  });
});

describe('an instant further away is refused in the words of AWS', () => {
  test.each([
    [
      '20181002T165311Z',
      'Signature expired: 20181002T165311Z is now earlier than 20181002T165312Z (20181002T165812Z - 5 min.)',
    ],
    // As in https://github.com/aws/aws-sdk-go/issues/2194
    [
      '20181002T170509Z',
      'Signature not yet current: 20181002T170509Z is still later than 20181002T170312Z (20181002T165812Z + 5 min.)',
    ],
    [
      '20181002T170313Z',
      'Signature not yet current: 20181002T170313Z is still later than 20181002T170312Z (20181002T165812Z + 5 min.)',
    ],
    ['00000101T000000Z', undefined],
  ])('%s', (timestamp, message) => {
    const refusal = checkTimestamp(timestamp, now);
    if (message === undefined) expect(refusal?.code).toBe('IncompleteSignatureException');
    else expect(refusal).toEqual({ code: 'InvalidSignatureException', status: 400, message });
  });
});

describe('what is no instant in the basic format', () => {
  test.each([
    '201',
    '2018-10-02T16:58:12Z',
    '20181002T165812',
    '20181002t165812z',
    '20181002T165812Z ',
    '20181002T165812Z,20181002T165812Z',
    '20181302T165812Z',
    '20180002T165812Z',
    '20180231T165812Z',
    '20181000T165812Z',
    '20181002T240000Z',
    '20181002T166000Z',
    '20181002T166099Z',
    '20181002T165860Z',
    '20181002T165799Z',
    '2018100２T165812Z',
    'Tue, 02 Oct 2018 16:58:12 GMT',
  ])('%j', (timestamp) => {
    expect(checkTimestamp(timestamp, now)).toMatchObject({
      code: 'IncompleteSignatureException',
      message: expect.stringMatching(/^Date must be in ISO-8601 'basic format'\. Got '/),
    });
  });

  test('and is told what it should be', () => {
    expect(checkTimestamp('now', now)).toEqual({
      code: 'IncompleteSignatureException',
      status: 400,
      message: "Date must be in ISO-8601 'basic format'. Got 'now'. See http://en.wikipedia.org/wiki/ISO_8601",
    });
  });
});
