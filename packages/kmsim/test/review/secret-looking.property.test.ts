// Whatever stands in an encryption context, a review never shows its value.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { reviewOf } from '../../src/review/review.ts';
import { secretKindOf } from '../../src/review/secret-looking.ts';
import { event, inventory } from '../trail-records.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const base64 = fc.array(fc.constantFrom(...letters), { minLength: 32, maxLength: 88 }).map((all) => all.join(''));

test.prop([fc.string({ maxLength: 20 }), fc.oneof(base64, fc.string({ minLength: 12 }), fc.emailAddress())])(
  'no value is shown',
  (name, value) => {
    // Of a value that is a part of every finding nothing can be told.
    fc.pre(value.trim().length >= 12 && !name.includes(value));
    const one = event('Encrypt', '2026-01-01T00:00:00Z', {
      requestParameters: { encryptionContext: { [name]: value } },
    });
    const review = reviewOf({ events: [one], inventory: inventory('2026-01-02T00:00:00Z') });
    expect(`${review}`).not.toContain(value);
    expect(JSON.stringify(review)).not.toContain(JSON.stringify(value).slice(1, -1));
  },
);

test.prop([fc.uuid()])('a UUID does not', (id) => {
  expect(secretKindOf('id', id)).toBeUndefined();
});
