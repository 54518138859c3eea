// The rows of the post-quantum algorithms, and the table of parameters.

import { expect, test } from 'vitest';
import { keySpecs } from '../src/key-specs.ts';
import {
  mlDsaParameters,
  mlDsaSignings,
  mlDsaSpki,
  mlKemEncapsulations,
  mlKemParameters,
  mlKemSpki,
} from '../src/post-quantum.ts';
import { families, native } from './family-backends.ts';
import { hex, octets } from './octets.ts';
import { openssl, opensslAbsent } from './openssl-command.ts';
import { mlDsaKey, mlDsaSpecs, mlKemKey, mlKemSpecs, random } from './post-quantum/keys.ts';

const named = (family: string): string[] =>
  Object.values(keySpecs)
    .filter((row) => row.family === family)
    .map(({ spec }) => spec);

test('there is a row for each key spec and each algorithm', () => {
  expect(Object.keys(mlDsaParameters)).toEqual(named('ml-dsa'));
  expect(Object.keys(mlKemParameters)).toEqual(named('ml-kem'));
  for (const spec of mlDsaSpecs) expect(Object.keys(mlDsaSignings)).toEqual(keySpecs[spec].signingAlgorithms);
  for (const spec of mlKemSpecs) {
    expect(Object.keys(mlKemEncapsulations)).toEqual(keySpecs[spec].encapsulationAlgorithms);
  }
});

test('ML-DSA takes messages and mu of 64 bytes, and no digests', () => {
  const { forms, randomLength } = mlDsaSignings.ML_DSA_SHAKE_256;
  expect(Object.keys(forms).sort()).toEqual(['EXTERNAL_MU', 'RAW']);
  expect([forms.RAW?.length, forms.EXTERNAL_MU?.length, randomLength]).toEqual([undefined, 64, 32]);
});

test.each([...mlDsaSpecs, ...mlKemSpecs])('%s: one seed, one public key on every backend', (spec) => {
  const spkis = families.map((family) =>
    spec in mlDsaParameters
      ? mlDsaSpki(mlDsaKey(spec as (typeof mlDsaSpecs)[number], family))
      : mlKemSpki(mlKemKey(spec as (typeof mlKemSpecs)[number], family)),
  );
  expect(new Set(spkis.map((spki) => hex(spki))).size).toBe(1);
});

// OpenSSL has ML-DSA from 3.5 on.
const listed = opensslAbsent ? '' : openssl(['list', '-signature-algorithms']).output.toString();
const tooOld = !listed.includes('ML-DSA');
const reason = tooOld ? ' (skipped: the OpenSSL command here has no ML-DSA)' : '';

test.skipIf(tooOld).each(mlDsaSpecs)(`%s: the command line of OpenSSL verifies our signatures${reason}`, (spec) => {
  const key = mlDsaKey(spec, native);
  const message = octets(600);
  const signature = mlDsaSignings.ML_DSA_SHAKE_256.forms.RAW?.sign(key, message, random) ?? new Uint8Array();
  const files = { key: mlDsaSpki(key), signature, message, other: octets(3) };
  const over = (input: string): boolean => {
    const given = ['-verify', '-pubin', '-inkey', 'key', '-keyform', 'DER', '-rawin', '-sigfile', 'signature'];
    return openssl(['pkeyutl', ...given, '-in', input], files).accepted;
  };
  expect([over('message'), over('other')]).toEqual([true, false]);
});
