import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { integrityValue, managerAad } from '../src/framing.ts';

const bytes = (hex: string): Uint8Array => Buffer.from(hex.replaceAll(' ', ''), 'hex');

describe('the ciphertext data integrity value', () => {
  // Appendix C of https://github.com/aws/aws-kms-xksproxy-api-spec/blob/main/xks_proxy_api_spec.md
  test('is that of the example in the specification', () => {
    const sealed = {
      metadata: Buffer.from('key_version=1'),
      iv: bytes('1c ca e5 47 0f 39 70 02 54 77 90 31'),
      ciphertext: bytes('82 1c 64 2b 5b 71 78 33 67 de af 18'),
      tag: bytes('bc 1c 4d da 77 07 d6 81 24 47 c5 95 5e 99 b2 61'),
    };
    const aad = Buffer.from('project=nile,department=marketing');
    expect(integrityValue(aad, sealed)).toBe('qHA/ImC9h5HsLRXqCyPmWgYx7tzyoTplzILbP0fPXsc=');
  });
});

describe('what the key manager authenticates', () => {
  test('is both parts, each behind its length', () => {
    expect(managerAad(Buffer.from('aad'), Buffer.from('m'))).toEqual(Uint8Array.of(0, 3, 97, 97, 100, 1, 109));
    expect(managerAad(new Uint8Array(0), new Uint8Array(0))).toEqual(Uint8Array.of(0, 0, 0));
    expect(managerAad(new Uint8Array(8192), new Uint8Array(20)).subarray(0, 2)).toEqual(Uint8Array.of(32, 0));
  });

  const parts = fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 20 }));
  test.prop([parts, parts])('tells any two pairs of parts apart', ([aad, metadata], [otherAad, otherMetadata]) => {
    const same = Buffer.compare(managerAad(aad, metadata), managerAad(otherAad, otherMetadata)) === 0;
    expect(same).toBe(Buffer.compare(aad, otherAad) === 0 && Buffer.compare(metadata, otherMetadata) === 0);
  });

  test.prop([fc.uint8Array({ maxLength: 20 })])('additional data is not metadata', (part) => {
    const [one, other] = [managerAad(part, new Uint8Array(0)), managerAad(new Uint8Array(0), part)];
    expect(Buffer.compare(one, other) === 0).toBe(part.length === 0);
  });
});
