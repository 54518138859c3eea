// Rules of alarms, your own and those that are ready.

import { describe, expect, test } from 'vitest';
import { findingsIn } from '../../src/alarms/alarms.ts';
import { alarms } from '../../src/index.ts';
import { kmsimErrorOf } from '../kmsim-error-of.ts';
import { app, event, keyArn, serviceEvent, times } from '../trail-records.ts';

const start = '2026-01-01T00:00:00Z';
const key = keyArn(1);
const denied = (at: string, by = app) => event('Decrypt', at, { by, errorCode: 'AccessDenied' });

describe('alarms.when', () => {
  test('finds each event, with the event as evidence', () => {
    const rule = alarms.when({ operation: 'DisableKey' });
    const events = [event('DisableKey', start), event('EnableKey', start), event('DisableKey', '2026-01-02T00:00:00Z')];
    const found = findingsIn(events, [rule]);
    expect(found).toMatchObject([
      { alarm: 'DisableKey', at: '2026-01-01T00:00:00.000Z', summary: '1 event: DisableKey' },
      { alarm: 'DisableKey', at: '2026-01-02T00:00:00.000Z', summary: '1 event: DisableKey' },
    ]);
    expect(found.map((one) => one.events)).toEqual([[events[0]], [events[2]]]);
  });

  test('counts within a time that slides', () => {
    const rule = alarms.when({ errorCode: 'AccessDenied', count: 3, within: '5 minutes' });
    expect(findingsIn(times(3, start, 150, denied), [rule])).toHaveLength(1);
    expect(findingsIn(times(3, start, 151, denied), [rule])).toHaveLength(0);
    expect(findingsIn(times(2, start, 1, denied), [rule])).toHaveLength(0);
  });

  test('what goes on is one finding, what comes again another', () => {
    const rule = alarms.when({ errorCode: 'AccessDenied', count: 3, within: '5 minutes' });
    const events = [...times(50, start, 60, denied), ...times(4, '2026-01-02T00:00:00Z', 60, denied)];
    expect(findingsIn(events, [rule]).map(({ at, events: all }) => [at, all.length])).toEqual([
      ['2026-01-01T00:02:00.000Z', 50],
      ['2026-01-02T00:02:00.000Z', 4],
    ]);
  });

  test('per principal, per key', () => {
    const events = [...times(2, start, 1, (at) => denied(at)), ...times(2, start, 1, (at) => denied(at, `${app}2`))];
    const rule = { errorCode: 'AccessDenied', count: 3 };
    expect(findingsIn(events, [alarms.when(rule)])).toHaveLength(1);
    expect(findingsIn(events, [alarms.when({ ...rule, per: 'principal' })])).toHaveLength(0);
    const two = findingsIn(events, [alarms.when({ ...rule, count: 2, per: 'principal' })]);
    expect(two.map(({ of }) => of)).toEqual([app, `${app}2`]);
    expect(findingsIn(events, [alarms.when({ ...rule, count: 2, per: 'key' })])[0]).toMatchObject({ of: key });
  });

  test.each([
    [{ key }, 1],
    [{ key: key.slice(-36) }, 1],
    [{ key: 'alias/orders' }, 1],
    [{ key: keyArn(2) }, 0],
    [{ principal: app }, 1],
    [{ principal: `${app}2` }, 0],
    [{ operation: ['Encrypt', 'Decrypt'] }, 1],
    [{ operation: 'Encrypt' }, 0],
    [{ errorCode: true }, 1],
    [{ errorCode: false }, 0],
    [{ errorCode: ['AccessDenied', 'NotFoundException'] }, 1],
    [{ errorCode: 'AccessDeniedException' }, 1],
    [{ errorCode: 'NotFoundException' }, 0],
    [{ operation: ['kms:Decrypt'] }, 1],
    [{ where: ({ awsRegion }: { awsRegion: string }) => awsRegion === 'us-east-1' }, 1],
    [{ where: () => false }, 0],
  ])('%j: %d', (options, count) => {
    const one = event('Decrypt', start, { errorCode: 'AccessDenied', requestParameters: { keyId: 'alias/orders' } });
    expect(findingsIn([one], [alarms.when(options)])).toHaveLength(count);
  });

  test('sessions are their role', () => {
    const session = event('Decrypt', start, { by: 'arn:aws:sts::111122223333:assumed-role/App/one' });
    const issuer = { sessionContext: { sessionIssuer: { type: 'Role', arn: app } } };
    const one = { ...session, userIdentity: { ...session.userIdentity, ...issuer } };
    expect(findingsIn([one], [alarms.when({ principal: app })])).toHaveLength(1);
  });

  test('events of the service have names as well', () => {
    expect(findingsIn([serviceEvent('DeleteKey', start, key)], [alarms.when({ operation: 'DeleteKey' })])).toHaveLength(
      1,
    );
  });
});

describe('those that are ready', () => {
  const names = (events: Parameters<typeof findingsIn>[0]) => findingsIn(events).map(({ alarm }) => alarm);

  test.each([
    ['key deletion scheduled', event('ScheduleKeyDeletion', start)],
    ['key disabled', event('DisableKey', start)],
    ['key policy changed', event('PutKeyPolicy', start)],
    ['imported key material deleted', event('DeleteImportedKeyMaterial', start)],
    [
      'use of a key pending deletion',
      event('Decrypt', start, { errorCode: 'KMSInvalidStateException', errorMessage: `${key} is pending deletion.` }),
    ],
  ])('%s', (name, one) => {
    expect(names([one])).toEqual([name]);
  });

  test.each([
    event('ScheduleKeyDeletion', start, { errorCode: 'AccessDenied' }),
    event('Decrypt', start),
    event('CancelKeyDeletion', start, {
      errorCode: 'KMSInvalidStateException',
      errorMessage: `${key} is not pending deletion (or pending replica deletion).`,
    }),
  ])('and nothing of what is none of them', (one) => {
    expect(names([one])).toEqual([]);
  });

  test('repeated denials, of one principal', () => {
    expect(names(times(5, start, 60, denied))).toEqual(['repeated denials']);
    expect(names(times(5, start, 76, denied))).toEqual([]);
  });

  test('unusual Decrypt volume: many more than in the times before', () => {
    const usual = times(120, start, 30, (at) => event('Decrypt', at));
    const flood = times(400, '2026-01-01T01:00:00Z', 0.5, (at) => event('Decrypt', at));
    expect(names(usual)).toEqual([]);
    const [found, ...rest] = findingsIn([...usual, ...flood]);
    expect(rest).toEqual([]);
    expect(found).toMatchObject({
      alarm: 'unusual Decrypt volume',
      of: key,
      at: '2026-01-01T01:00:00.000Z',
      summary: '400 Decrypt where there were 10.0 on average',
    });
    expect(found?.events).toHaveLength(400);
  });

  test('a volume that has always been high is usual', () => {
    const steady = times(1_000, start, 1, (at) => event('Decrypt', at));
    expect(findingsIn(steady, [alarms.unusualVolume({ least: 400 })])).toEqual([]);
  });
});

test('the earliest first', () => {
  const events = [event('PutKeyPolicy', '2026-01-02T00:00:00Z'), event('DisableKey', start)];
  expect(findingsIn(events).map(({ alarm }) => alarm)).toEqual(['key disabled', 'key policy changed']);
});

describe('mistakes', () => {
  test.each<[object, RegExp]>([
    [{ operation: 'Decript' }, /no operation "Decript"/],
    [{ count: 0 }, /count is a whole number from 1, not 0/],
    [{ count: Number.NaN }, /not NaN/],
    [{ per: 'account' }, /'key' or 'principal'/],
    [{ opration: 'Decrypt' }, /Did you mean operation\?/],
    [{ errorCode: 'NotFoundExeption' }, /Did you mean NotFoundException\?/],
    [{ errorCode: [] }, /a code, a list of codes, or true/],
  ])('%j', (options, message) => {
    expect(kmsimErrorOf(() => alarms.when(options))).toMatchObject({
      code: 'InvalidOption',
      problem: expect.stringMatching(message),
    });
  });

  test('what is no rule', () => {
    expect(kmsimErrorOf(() => findingsIn([], [{} as never])).problem).toContain('rules that alarms.when() made');
    expect(kmsimErrorOf(() => findingsIn([], 'DisableKey' as never)).problem).toContain('a list of rules');
    expect(kmsimErrorOf(() => alarms.when({ within: 'soon' })).code).toBe('InvalidDuration');
    expect(kmsimErrorOf(() => alarms.unusualVolume({ factor: 0 })).code).toBe('InvalidOption');
  });
});
