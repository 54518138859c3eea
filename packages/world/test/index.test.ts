// The face of the package, and the example of its README.

import { readFileSync } from 'node:fs';
import { format } from 'node:util';
import { expect, test } from 'vitest';
import * as kmsimWorld from '../src/index.ts';

test('the face has these names and no others', () => {
  expect(Object.keys(kmsimWorld).sort()).toEqual([
    'StreamCursor',
    'TimeLimits',
    'Trace',
    'afterMilliseconds',
    'bringLiveRoot',
    'canonicalJson',
    'chance',
    'checkFaultPlan',
    'defaultStart',
    'drawFaultPlan',
    'exponential',
    'formatUuid',
    'lastInstant',
    'liveRoot',
    'liveWorld',
    'machineEntropy',
    'machineNow',
    'parseDuration',
    'parseInstant',
    'pick',
    'runningClock',
    'simulatedWorld',
    'streamFor',
    'virtualClock',
    'wholeBetween',
  ]);
});

test('the example of the README prints what the README says', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, example = '', output = ''] = /```js\n(.*?)```\n\n```\n(.*?)\n```/s.exec(readme) ?? [];
  const body = example.replace(/^import (.*) from .*$/m, 'const $1 = kmsimWorld;');
  const printed: string[] = [];
  new Function('kmsimWorld', 'console', body)(kmsimWorld, {
    log: (...words: unknown[]) => printed.push(format(...words)),
  });
  expect(printed.join('\n')).toBe(output);
});
