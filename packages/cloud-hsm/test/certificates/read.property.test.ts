// Certificates of whoever: damaged ones are refused, and nothing throws.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { fromPem, toPem } from '../../src/certificates/pem.ts';
import { isSignedBy, readCertificate } from '../../src/certificates/read.ts';
import { good, launched } from '../clusters.ts';

const cluster = launched();
const der = good(fromPem('CERTIFICATE', cluster.signedCertificate));
const anchor = good(readCertificate(cluster.trustAnchor));

test.prop([fc.nat({ max: der.length - 1 }), fc.integer({ min: 1, max: 255 })], { numRuns: 60 })(
  'one that has changed in one byte is signed by nobody, or no certificate',
  (at, change) => {
    const changed = readCertificate(toPem('CERTIFICATE', der.with(at, (der[at] ?? 0) ^ change)));
    if (changed !== undefined) expect(isSignedBy(changed, anchor.publicKey)).not.toBe(true);
  },
);

test.prop([fc.uint8Array({ maxLength: 300 })])('noise is none', (noise) => {
  expect(readCertificate(toPem('CERTIFICATE', noise))).toBeUndefined();
});

test.prop([fc.nat({ max: der.length - 1 })])('one that is cut is none', (length) => {
  expect(readCertificate(toPem('CERTIFICATE', der.subarray(0, length)))).toBeUndefined();
});

test.prop([fc.nat({ max: anchor.publicKey.length - 1 }), fc.integer({ min: 1, max: 255 })], { numRuns: 60 })(
  'a key that has changed signed nothing',
  (at, change) => {
    const key = anchor.publicKey.with(at, (anchor.publicKey[at] ?? 0) ^ change);
    expect(isSignedBy(good(readCertificate(cluster.signedCertificate)), key)).not.toBe(true);
  },
);
