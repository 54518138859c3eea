// A cluster in one call, or a mistake that is told.

import { expect, test } from 'vitest';
import { type LaunchOptions, launchCluster } from '../src/launch.ts';
import { options, passwords } from './clusters.ts';

const launch = (change: Partial<LaunchOptions>) =>
  launchCluster({ ...options(), adminPassword: passwords.admin, cryptoUsers: {}, ...change });

test('it is ACTIVE, with an HSM in each zone', () => {
  const cluster = launch({ cryptoUsers: { ann: 'ann-password' } });
  expect(cluster.state).toBe('ACTIVE');
  expect(cluster.hsms.map(({ availabilityZone, state }) => [availabilityZone, state])).toEqual([
    ['us-east-1a', 'ACTIVE'],
    ['us-east-1b', 'ACTIVE'],
  ]);
  expect(cluster.users.map(({ name }) => name)).toEqual(['admin', 'app_user', 'ann']);
});

test.each<[string, Partial<LaunchOptions>, string]>([
  ['a password of six characters', { cryptoUsers: { ann: '123456' } }, 'INVALID_PASSWORD'],
  ['a password of 33', { cryptoUsers: { ann: 'x'.repeat(33) } }, 'INVALID_PASSWORD'],
  ['an admin without a password', { adminPassword: '' }, 'INVALID_PASSWORD'],
  ['a name of 32 characters', { cryptoUsers: { ['x'.repeat(32)]: 'ann-password' } }, 'no name of a user'],
  ['a name with a colon', { cryptoUsers: { 'a:b': 'ann-password' } }, 'no name of a user'],
  ['no zone', { availabilityZones: [] }, 'NO_HSM'],
])('%s is a mistake', (_name, change, says) => {
  expect(() => launch(change)).toThrow(says);
});
