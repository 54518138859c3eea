// Roots of trust in both forms.

import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readRoots, writePem } from '../src/roots.ts';
import { authority, madeDocument, parsed } from './documents.ts';
import { awsRoot } from './real-document.ts';

test('PEM and DER are read, also several in one text', () => {
  expect(readRoots(awsRoot)).toEqual([awsRoot]);
  expect(readRoots(writePem(awsRoot))).toEqual([awsRoot]);
  expect(readRoots(`AWS:\n${writePem(awsRoot).replaceAll('\n', '\r\n')}mine:\n${writePem(authority.root)}`)).toEqual([
    awsRoot,
    authority.root,
  ]);
});

test('PEM is as node:crypto writes it', () => {
  expect(writePem(awsRoot)).toBe(new X509Certificate(awsRoot).toString());
});

describe('no root is', () => {
  test.each<[string, string | Uint8Array]>([
    ['no text', ''],
    ['a text without a certificate', 'root'],
    ['PEM of something else', writePem(Uint8Array.of(1, 2, 3))],
    ['PEM that is no base64', '-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----'],
    ['bytes', Uint8Array.of(1, 2, 3)],
    ['a certificate that signs documents', parsed(madeDocument()).certificate],
  ])('%s', (_, given) => {
    expect(readRoots(given)).toMatchObject({ code: 'invalid certificate' });
  });
});
