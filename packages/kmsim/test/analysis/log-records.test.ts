// The records of KMS in log files of several shapes.

import { describe, expect, test } from 'vitest';
import { kmsRecordsIn } from '../../src/analysis/log-records.ts';
import { kmsimErrorOf } from '../kmsim-error-of.ts';
import { event } from '../trail-records.ts';

const one = event('Decrypt', '2026-01-01T00:00:00Z', { requestParameters: { encryptionContext: { a: 'b' } } });
const other = { ...one, eventName: 'GetObject', eventSource: 's3.amazonaws.com' };

describe('what is read', () => {
  test.each([
    ['a log file', JSON.stringify({ Records: [one, other] })],
    ['a list', JSON.stringify([one])],
    ['a record', JSON.stringify(one)],
    ['JSON lines', `${JSON.stringify(one)}\n${JSON.stringify(other)}\n`],
    ['JSON lines of log files', `${JSON.stringify({ Records: [one] })}\n${JSON.stringify({ Records: [] })}`],
    [
      'what lookup-events printed',
      JSON.stringify({ Events: [{ EventName: 'Decrypt', CloudTrailEvent: JSON.stringify(one) }] }),
    ],
    ['with the mark that Windows puts in front', `\ufeff${JSON.stringify([one])}`],
  ])('%s', (_, text) => {
    const records = kmsRecordsIn(text, 'log.json');
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      eventName: 'Decrypt',
      userIdentity: one.userIdentity,
      requestParameters: one.requestParameters,
      resources: [{ ARN: one.resources?.[0]?.ARN }],
    });
  });

  test('members of other types than they should have are left out', () => {
    const strange = {
      ...one,
      userIdentity: 'x',
      resources: { a: 1 },
      requestParameters: [],
      errorCode: 4,
      awsRegion: null,
    };
    expect(kmsRecordsIn(JSON.stringify([strange]), 'log.json')[0]).toMatchObject({
      userIdentity: {},
      resources: [],
      requestParameters: null,
      awsRegion: '',
    });
    expect(kmsRecordsIn(JSON.stringify([strange]), 'log.json')[0]?.errorCode).toBeUndefined();
  });
});

describe('what is not', () => {
  test.each([
    ['', 'log.json is empty.'],
    ['{"Records": [', 'log.json is neither JSON nor JSON lines.'],
    ['[{}]', 'log.json: record 0 is no CloudTrail record.'],
    ['[null]', 'log.json: record 0 is no CloudTrail record.'],
    ['{"Records": "x"}', 'log.json: record 0 is no CloudTrail record.'],
    [JSON.stringify([one, { ...one, eventTime: 'yesterday' }]), 'log.json: record 1 is no CloudTrail record.'],
    [JSON.stringify({ Events: [{ CloudTrailEvent: '{' }] }), 'log.json: record 0 is no CloudTrail record.'],
  ])('%s', (text, problem) => {
    expect(kmsimErrorOf(() => kmsRecordsIn(text, 'log.json'))).toMatchObject({ code: 'InvalidLog', problem });
  });
});
