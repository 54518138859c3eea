// The key spec table against the published lists, and against itself.

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type KeySpec, type KeySpecRow, type KeyUsage, keySpecs, offeredIn } from '../src/key-specs.ts';

const rows: readonly KeySpecRow[] = Object.values(keySpecs);

const algorithmsOf: Readonly<Record<KeyUsage, (row: KeySpecRow) => readonly string[]>> = {
  ENCRYPT_DECRYPT: (row) => row.encryptionAlgorithms,
  SIGN_VERIFY: (row) => row.signingAlgorithms,
  GENERATE_VERIFY_MAC: (row) => row.macAlgorithms,
  KEY_AGREEMENT: (row) => row.keyAgreementAlgorithms,
  ENCAPSULATE_DECAPSULATE: (row) => row.encapsulationAlgorithms,
};

// One line a spec: usages by their first letters, secret bytes, then algorithm counts in the same order as the letters.
const published = `
SYMMETRIC_DEFAULT      E    32  1
HMAC_224               M    28  1
HMAC_256               M    32  1
HMAC_384               M    48  1
HMAC_512               M    64  1
RSA_2048               E,S  32  2,6
RSA_3072               E,S  32  2,6
RSA_4096               E,S  32  2,6
ECC_NIST_P256          S,A  32  1,1
ECC_NIST_P384          S,A  32  1,1
ECC_NIST_P521          S,A  32  1,1
ECC_SECG_P256K1        S    32  1
ECC_NIST_EDWARDS25519  S    32  2
ML_DSA_44              S    32  1
ML_DSA_65              S    32  1
ML_DSA_87              S    32  1
ML_KEM_512             K    32  1
ML_KEM_768             K    32  1
ML_KEM_1024            K    32  1
SM2                    E,S,A  32  1,1,1
`;
const letters: Readonly<Record<string, KeyUsage>> = {
  E: 'ENCRYPT_DECRYPT',
  S: 'SIGN_VERIFY',
  M: 'GENERATE_VERIFY_MAC',
  A: 'KEY_AGREEMENT',
  K: 'ENCAPSULATE_DECAPSULATE',
};

describe('the table of key specs', () => {
  const lines = published.trim().split('\n');

  test('has the 20 published specs and no other', () => {
    expect(Object.keys(keySpecs).sort()).toEqual(lines.map((line) => line.split(/\s+/)[0]).sort());
  });

  test.each(lines)('%s', (line) => {
    const [spec, usages, bytes, counts] = line.split(/\s+/) as [KeySpec, string, string, string];
    const row = keySpecs[spec];
    expect(row.spec).toBe(spec);
    expect(row.usages).toEqual(usages.split(',').map((letter) => letters[letter]));
    expect(row.materialBytes).toBe(Number(bytes));
    expect(row.usages.map((usage) => algorithmsOf[usage](row).length)).toEqual(counts.split(',').map(Number));
  });

  test.each(rows)('$spec has algorithms for its usages only', (row) => {
    for (const [usage, algorithms] of Object.entries(algorithmsOf)) {
      expect(algorithms(row).length > 0, usage).toBe(row.usages.includes(usage as KeyUsage));
    }
  });

  test.each(rows)('$spec limits the plaintext of each of its encryption algorithms', (row) => {
    expect(Object.keys(row.maxPlaintext)).toEqual([...row.encryptionAlgorithms]);
  });

  test.each(rows.filter((row) => row.family === 'rsa'))('$spec takes what OAEP leaves: k - 2 hLen - 2', (row) => {
    const modulusBytes = Number(row.spec.slice('RSA_'.length)) / 8;
    expect(row.maxPlaintext).toEqual({
      RSAES_OAEP_SHA_1: modulusBytes - 2 * 20 - 2,
      RSAES_OAEP_SHA_256: modulusBytes - 2 * 32 - 2,
    });
  });

  test('a public key exists for every family but the symmetric two', () => {
    expect(rows.filter((row) => !row.asymmetric).map((row) => row.family)).toEqual([
      'symmetric',
      'hmac',
      'hmac',
      'hmac',
      'hmac',
    ]);
  });

  test('SM2 is sold in China only, ML-KEM everywhere else, the rest everywhere', () => {
    const missing = (partition: string): string[] =>
      rows.filter((row) => !offeredIn(row, partition)).map((row) => row.spec);
    expect(missing('aws')).toEqual(['SM2']);
    expect(missing('aws-us-gov')).toEqual(['SM2']);
    expect(missing('aws-cn')).toEqual(['ML_KEM_512', 'ML_KEM_768', 'ML_KEM_1024']);
  });
});

describe('the collected facts', () => {
  const facts = new URL('../../../../shared/facts/key-specs.json', import.meta.url);
  type Lists = string[] | Record<string, string[]> | undefined;
  interface Fact {
    keyUsages: string[];
    encryptionAlgorithms?: Lists;
    signingAlgorithms?: Lists;
    macAlgorithms?: Lists;
    keyAgreementAlgorithms?: Lists;
    encapsulationAlgorithms?: Lists;
    maxPlaintext?: Record<string, number>;
  }
  const flat = (lists: Lists): string[] => (Array.isArray(lists) ? lists : Object.values(lists ?? {}).flat());

  test.skipIf(!existsSync(facts))('agree spec by spec (skipped without ../shared/facts beside the project)', () => {
    const specs = (JSON.parse(readFileSync(facts, 'utf8')) as { specs: Record<string, Fact> }).specs;
    const told = Object.entries(specs).map(([spec, fact]) => ({
      spec,
      usages: fact.keyUsages,
      algorithms: [
        flat(fact.encryptionAlgorithms),
        flat(fact.signingAlgorithms),
        flat(fact.macAlgorithms),
        flat(fact.keyAgreementAlgorithms),
        flat(fact.encapsulationAlgorithms),
      ],
      maxPlaintext: fact.maxPlaintext ?? {},
    }));
    const ours = told.map(({ spec }) => {
      const row = keySpecs[spec as KeySpec];
      return {
        spec: row.spec,
        usages: [...row.usages],
        algorithms: [
          [...row.encryptionAlgorithms],
          [...row.signingAlgorithms],
          [...row.macAlgorithms],
          [...row.keyAgreementAlgorithms],
          [...row.encapsulationAlgorithms],
        ],
        maxPlaintext: { ...row.maxPlaintext },
      };
    });
    expect(told).toHaveLength(rows.length);
    expect(ours).toEqual(told);
  });
});
