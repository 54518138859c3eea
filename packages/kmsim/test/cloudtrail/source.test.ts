// What replayCloudTrail takes for a log, and events that are in it twice.

import { describe, expect, test } from 'vitest';
import { SeenEvents } from '../../src/cloudtrail/seen-events.ts';
import { createKmsim, replayCloudTrail } from '../../src/index.ts';
import { decrypt, keyArn, record } from './log.ts';
import { given } from './replaying.ts';

describe('a log file is a log', () => {
  const Records = [decrypt('acme'), decrypt('umbrella')];
  const text = JSON.stringify({ Records });

  test.each<[string, Parameters<typeof replayCloudTrail>[0]]>([
    ['as text', text],
    ['as what is in it', { Records }],
    ['as a function of it', () => text],
    ['as lines of JSON', Records.map((one) => JSON.stringify(one)).join('\n')],
    ['as its list', Records],
  ])('%s', async (_name, log) => {
    expect((await replayCloudTrail(log, given)).events).toMatchObject({ kms: 2, same: 1, different: 1 });
  });

  test('that of a simulation', async () => {
    const sim = createKmsim({ seed: 'log file' });
    await sim.as().createKey();
    expect((await replayCloudTrail(sim.trail.file())).events).toMatchObject({ kms: 1, same: 1 });
    expect((await replayCloudTrail(sim.trail.toJSON())).events).toMatchObject({ kms: 1, same: 1 });
  });

  test.each([7, null, {}, { Records: 7 }])('%j is none', async (log) => {
    await expect(replayCloudTrail(log as never)).rejects.toMatchObject({ code: 'InvalidOption' });
  });

  test.each(['no log', '{"Records":['])('the text %j is none', async (log) => {
    await expect(replayCloudTrail(log)).rejects.toMatchObject({ code: 'InvalidLog' });
  });
});

test('events of equal eventIDs are one, and the others are counted', async () => {
  const log = [decrypt('acme'), decrypt('umbrella')];
  const report = await replayCloudTrail([...log, ...log, { ...decrypt('umbrella'), eventID: undefined }], given);
  expect(report.events).toMatchObject({ kms: 3, same: 1, different: 2, repeated: 2 });
  expect(report.records).toBe(5);
  expect(`${report}`).toContain('left out: 2 that were there before, by their eventID');
});

test('ids are known for so long', () => {
  const seen = new SeenEvents(2);
  expect(['a', 'b', 'a', 'c', 'a', 'd', 'e', 'a'].map((id) => seen.isRepeated(id))).toEqual([
    false,
    false,
    true,
    false,
    true,
    false,
    false,
    false,
  ]);
});

describe('a key that is given and not in the log', () => {
  const named = record({ eventName: 'Decrypt', requestParameters: { keyId: 'alias/orders' } });
  const made = record({ eventName: 'CreateAlias', requestParameters: { aliasName: 'alias/new', targetKeyId: keyArn } });

  test.each([
    ['alias/order', 'alias/orders'],
    [`${keyArn.slice(0, -1)}2`, keyArn],
    [`${keyArn.slice(-36, -1)}2`, keyArn.slice(-36)],
    // The name is one of the key from the middle of the log on.
    ['alias/new', keyArn],
  ])('%s may mean %s', async (name, meant) => {
    const report = await replayCloudTrail([named, made], { keys: { [name]: { state: 'Disabled' } } });
    expect([report.unused, report.meant]).toEqual([[name], { [name]: meant }]);
    expect(`${report}`.split('\n')[0]).toBe(`${name} is given and no event is of it; did you mean ${meant}?`);
  });

  test('or nothing that is there', async () => {
    const report = await replayCloudTrail([named], { keys: { 'alias/payroll': { state: 'Disabled' } } });
    expect(report.meant).toEqual({});
    expect(`${report}`.split('\n')[0]).toBe('alias/payroll is given and no event is of it');
  });
});
