// Pagination markers. What lists do with them is in operations/pages.ts; here are the markers themselves.

import { fc, test } from '@fast-check/vitest';
import { chooseBackend } from '@kmsim/hsm-core';
import { describe, expect } from 'vitest';
import { Markers, paginate } from '../../src/state/markers.ts';

function markersOf(secret: number): Markers {
  const backend = chooseBackend('portable') ?? expect.fail('no backend');
  return new Markers(backend.hmacSha256(new Uint8Array(32).fill(secret)));
}

const markers = markersOf(1);

describe('a marker', () => {
  test.prop([fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })], { numRuns: 200 })(
    'says where it was written, for any list and place',
    (scope, position) => {
      expect(markers.read(scope, markers.write(scope, position))).toBe(position);
    },
  );

  test('may be absent', () => {
    expect(markers.read('list', undefined)).toBeUndefined();
  });

  test.each([
    ['of another list', markers.write('list b', 'p')],
    ['of a list whose name begins alike', markers.write('list', 'p')],
    ['of another world', markersOf(2).write('list a', 'p')],
    ['that is no base64', '!'],
    ['that is empty', ''],
    ['that is too short', 'AAAA'],
    ['that is zeros', 'A'.repeat(64)],
  ])('%s is refused', (_what, marker) => {
    expect(() => markers.read('list a', marker)).toThrow('Invalid marker.');
  });

  // The tag of one list and place must not be the tag of a longer name and a shorter place.
  test('whose place was cut to fit a longer list is refused', () => {
    const bytes = Buffer.from(markers.write('list ', 'ap'), 'base64');
    const cut = Buffer.concat([bytes.subarray(0, 16), bytes.subarray(18)]).toString('base64');
    expect(() => markers.read('list a', cut)).toThrow('Invalid marker.');
  });

  test('fits the limit of the model for the longest place there is', () => {
    // An alias ARN with 256 characters of name.
    expect(markers.write('s', `arn:aws-us-gov:kms:us-gov-east-1:111122223333:${'a'.repeat(256)}`).length).toBeLessThan(
      1024,
    );
  });
});

describe('paginate', () => {
  const list = (items: readonly string[]) => (after: string | undefined, count: number) =>
    items.filter((item) => after === undefined || item > after).slice(0, count);

  test.prop([fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 })), fc.integer({ min: 1, max: 10 })], {
    numRuns: 200,
  })('shows every item once, in order, and is never truncated without need', (words, limit) => {
    const items = words.toSorted();
    const seen: string[] = [];
    let Marker: string | undefined;
    do {
      const page = paginate(markers, 's', { Marker, limit }, list(items), (item) => item);
      seen.push(...page.items);
      expect(page.Truncated).toBe(seen.length < items.length);
      Marker = page.NextMarker;
    } while (Marker !== undefined);
    expect(seen).toEqual(items);
  });
});
