// The entry @kmsim/hsm-core/fixed-material: a secret that somebody brings along, in the one form that the vault keeps of it. There is no
// library to wait for, so that a world that is described in a file stands at once.

import { plainEc } from './backend/ec-plain.ts';
import { portableRsa } from './backend/rsa-portable.ts';
import { readPkcs8Of } from './der/expected-key.ts';
import { type KeyAlgorithm, keyAlgorithms } from './der/key-algorithms.ts';
import { readCurvePrivateKey, readSeed, writeCurvePrivateKey, writeSeed } from './der/private-key.ts';
import { writePkcs8 } from './der.ts';
import { curves } from './ecc/curves.ts';
import { fromPkcs8 as readEcc, toPkcs8 as writeEcc } from './ecc/key.ts';
import { isKeyPairSpec, type KeyPairSpec, type KeySpec, keySpecs } from './key-specs.ts';
import { lengths, mlDsaParameters, mlKemParameters } from './post-quantum/parameters.ts';
import { fromPkcs8 as readRsa, toPkcs8 as writeRsa } from './rsa/key.ts';
import { rsaParameters } from './rsa/parameters.ts';

export { type ExportedSecret, exportedSecrets } from './exported-secrets.ts';

/** Undefined: it is no such key. */
type Reader = (der: Uint8Array) => Uint8Array | undefined;

interface Form {
  readonly algorithm: KeyAlgorithm;
  readonly read: Reader;
}

function rsaForm(spec: keyof typeof rsaParameters): Form {
  return {
    algorithm: keyAlgorithms.RSA,
    read: (der) => {
      const key = readRsa(der, rsaParameters[spec], portableRsa);
      return typeof key === 'string' ? undefined : written(key, writeRsa(key));
    },
  };
}

function eccForm(spec: keyof typeof curves): Form {
  const curve = curves[spec];
  return {
    algorithm: curve.algorithm,
    read: (der) => {
      const key = readEcc(der, curve, plainEc);
      return typeof key === 'string' ? undefined : written(key, writeEcc(key));
    },
  };
}

function written(key: { erase(): void }, form: Uint8Array): Uint8Array {
  key.erase();
  return form;
}

/** Of keys that are a seed. Their public half would need a library: one that comes along is left out, not compared. */
function seedForm(
  algorithm: KeyAlgorithm,
  length: number,
  read: (octets: Uint8Array) => Uint8Array | undefined,
  write: (seed: Uint8Array) => Uint8Array,
): Form {
  return {
    algorithm,
    read: (der) => {
      const info = readPkcs8Of(algorithm, der);
      const seed = typeof info === 'string' ? undefined : read(info.privateKey);
      return seed?.length === length ? writePkcs8(algorithm, write(seed)) : undefined;
    },
  };
}

function mlDsaForm(spec: keyof typeof mlDsaParameters): Form {
  return seedForm(mlDsaParameters[spec].algorithm, lengths.xi, readSeed, writeSeed);
}

function mlKemForm(spec: keyof typeof mlKemParameters): Form {
  return seedForm(mlKemParameters[spec].algorithm, lengths.dz, readSeed, writeSeed);
}

const forms: Readonly<Record<KeyPairSpec, Form>> = {
  RSA_2048: rsaForm('RSA_2048'),
  RSA_3072: rsaForm('RSA_3072'),
  RSA_4096: rsaForm('RSA_4096'),
  ECC_NIST_P256: eccForm('ECC_NIST_P256'),
  ECC_NIST_P384: eccForm('ECC_NIST_P384'),
  ECC_NIST_P521: eccForm('ECC_NIST_P521'),
  ECC_SECG_P256K1: eccForm('ECC_SECG_P256K1'),
  ECC_NIST_EDWARDS25519: seedForm(keyAlgorithms.Ed25519, 32, readCurvePrivateKey, writeCurvePrivateKey),
  ML_DSA_44: mlDsaForm('ML_DSA_44'),
  ML_DSA_65: mlDsaForm('ML_DSA_65'),
  ML_DSA_87: mlDsaForm('ML_DSA_87'),
  ML_KEM_512: mlKemForm('ML_KEM_512'),
  ML_KEM_768: mlKemForm('ML_KEM_768'),
  ML_KEM_1024: mlKemForm('ML_KEM_1024'),
  SM2: eccForm('SM2'),
};

/**
 * The material of a key of that spec: of a key pair from its private key as DER, in PKCS#8 or in the form of its family (RFC 8017 A.1.2,
 * RFC 5915); of other keys the bytes themselves. Undefined: it is no such key.
 */
export function fixedMaterial(spec: KeySpec, bytes: Uint8Array): Uint8Array | undefined {
  if (!isKeyPairSpec(spec)) {
    const { family, materialBytes } = keySpecs[spec];
    // An HMAC key may be longer than the hash, as imported ones may (docs of ImportKeyMaterial: 128 bytes at most).
    const fits =
      family === 'hmac' ? bytes.length >= materialBytes && bytes.length <= 128 : bytes.length === materialBytes;
    return fits ? Uint8Array.from(bytes) : undefined;
  }
  const { algorithm, read } = forms[spec];
  return read(bytes) ?? read(writePkcs8(algorithm, bytes));
}

/** Which key pair a private key is, as DER; undefined when it is none that KMS has. */
export function specOfPrivateKey(der: Uint8Array): KeyPairSpec | undefined {
  return (Object.keys(forms) as KeyPairSpec[]).find((spec) => fixedMaterial(spec, der) !== undefined);
}
