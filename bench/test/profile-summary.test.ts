// Where the time of a profile is said to go.

import { expect, test } from 'vitest';
import { type CpuProfile, type ProfileNode, summarize, summaryText } from '../src/profile-summary.ts';

const at = (id: number, functionName: string, url: string, children: readonly number[] = []): ProfileNode => ({
  id,
  callFrame: { functionName, url, lineNumber: 9 },
  children,
});

const profile: CpuProfile = {
  nodes: [
    at(1, '(root)', '', [2, 3, 9]),
    at(2, '(idle)', ''),
    at(3, 'run', 'file:///a/bench/dist/requests.js', [4]),
    at(4, 'dispatch', 'file:///a/packages/kms/dist/dispatch.js', [5, 6, 10]),
    at(5, 'authorize', 'file:///a/packages/authz/dist/authorize.js'),
    at(6, 'createHmac', 'node:crypto', [7, 8]),
    at(7, 'Hmac', ''),
    at(8, 'gcm', 'file:///a/node_modules/.pnpm/@noble+ciphers@2/node_modules/@noble/ciphers/aes.js'),
    at(9, '(garbage collector)', ''),
    // It calls itself.
    at(10, 'dispatch', 'file:///a/packages/kms/dist/dispatch.js'),
  ],
  // A sample lasts until the next one.
  samples: [2, 3, 4, 5, 6, 7, 8, 9, 10, 1],
  timeDeltas: [0, 1000, 5, 20, 10, 5, 30, 10, 15, 5],
};

test('self time by package: what is built in counts for who calls it, and idling not at all', () => {
  const { packages, seconds } = summarize(profile, 10);
  expect(seconds).toBeCloseTo(100e-6);
  expect(Object.fromEntries(packages.map(({ name, share }) => [name, Math.round(100 * share)]))).toEqual({
    bench: 5,
    kms: 25,
    authz: 10,
    'node:crypto': 35,
    '@noble/ciphers': 10,
    'garbage collection': 15,
  });
});

test('a step counts all that it calls, and once when it calls itself', () => {
  expect(summarize(profile, 10).steps.map(({ name, share }) => [name, Math.round(100 * share)])).toEqual([
    ['dispatch  kms dispatch.js:10', 80],
    ['authorize  authz authorize.js:10', 10],
  ]);
});

test('functions by themselves, the longest first, no more than asked for', () => {
  const { functions } = summarize(profile, 2);
  expect(functions.map(({ name }) => name)).toEqual([
    'Hmac (built in), for node:crypto',
    'dispatch  kms dispatch.js:10',
  ]);
  expect(summaryText(summarize(profile, 2))).toContain('Self time by package');
});
