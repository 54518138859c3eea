// Roots of trust as people hand them over.

import { describe, expect, test } from 'vitest';
import { TestAuthority, writePem } from '../../../attestation/src/index.ts';
import { awsRoot } from '../../../attestation/test/real-document.ts';
import { rootsOf } from '../../src/attestation/roots.ts';
import { createKmsim, type KmsimOptions } from '../../src/index.ts';
import { kmsimErrorOf } from '../kmsim-error-of.ts';

const { root: mine } = new TestAuthority(new Uint8Array(32));

test('PEM and DER are the same, also several in one text', () => {
  expect(rootsOf(undefined)).toEqual([]);
  expect(rootsOf({ roots: [] })).toEqual([]);
  expect(rootsOf({ roots: [awsRoot, Buffer.from(mine)] })).toEqual([awsRoot, mine]);
  expect(rootsOf({ roots: [`${writePem(awsRoot)}\n${writePem(mine)}`] })).toEqual([awsRoot, mine]);
});

test('what is handed over may be changed afterwards', () => {
  const given = Uint8Array.from(awsRoot);
  const [root] = rootsOf({ roots: [given] });
  given.fill(0);
  expect(root).toEqual(awsRoot);
});

describe('no roots are', () => {
  test.each<[string, unknown, string]>([
    ['DER', awsRoot, 'createKmsim: attestation is an object with roots ({ roots: [pem] }), not that object.'],
    ['text', 'pem', 'createKmsim: attestation is an object with roots ({ roots: [pem] }), not "pem".'],
    ['another name', { root: awsRoot }, 'attestation has no option "root". Did you mean roots?'],
    [
      'a root alone',
      { roots: awsRoot },
      'attestation: roots is a list of certificates, as PEM or DER, not that object.',
    ],
    ['a number', { roots: [1] }, 'attestation: roots is a list of certificates, as PEM or DER, not that list.'],
    ['an empty text', { roots: [''] }, 'attestation: roots[0] is no certificate, neither as PEM nor as DER.'],
    ['a path', { roots: [awsRoot, 'root.pem'] }, 'attestation: roots[1] is no certificate, neither as PEM nor as DER.'],
    [
      'PEM of something else',
      { roots: [writePem(awsRoot).replaceAll('CERTIFICATE', 'PUBLIC KEY')] },
      'attestation: roots[0] is no certificate, neither as PEM nor as DER.',
    ],
    [
      'PEM cut short',
      { roots: [writePem(awsRoot.slice(0, -3))] },
      'attestation: roots[0] is no certificate, neither as PEM nor as DER.',
    ],
    [
      'DER with something behind it',
      { roots: [Uint8Array.of(...awsRoot, 0)] },
      'attestation: roots[0] is no certificate, neither as PEM nor as DER.',
    ],
  ])('%s', (_, attestation, problem) => {
    const error = kmsimErrorOf(() => createKmsim({ attestation } as KmsimOptions));
    expect(error).toMatchObject({ code: 'InvalidOption', problem });
  });
});
