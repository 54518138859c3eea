// The registry of key pairs: one row for each asymmetric key spec. Loaded when a key pair is first used.

import type { EcPrimitives, PointPrimitives } from './backend/ec.ts';
import * as ecc from './ecc.ts';
import * as ed25519 from './ed25519.ts';
import { type Algorithms, type KeyPairKind, keyPairKind } from './key-pair.ts';
import type { KeyPairSpec } from './key-specs.ts';
import * as pq from './post-quantum.ts';
import * as rsa from './rsa.ts';
import * as sm2 from './sm2.ts';

function rsaKind(spec: rsa.RsaKeySpec): KeyPairKind {
  const parameters = rsa.rsaParameters[spec];
  return keyPairKind(
    {
      needs: (primitives) => primitives.rsa,
      grow: (seed, needed) => rsa.grow(seed, parameters, needed),
      fromPkcs8: (der, needed) => rsa.fromPkcs8(der, parameters, needed),
      toPkcs8: rsa.toPkcs8,
      spki: rsa.spki,
    },
    { signings: rsa.rsaSignings, encryptions: rsa.rsaEncryptions },
  );
}

const onCurves: Algorithms<ecc.EccPrivateKey<EcPrimitives>> = {
  signings: ecc.ecdsaSignings,
  agreements: ecc.keyAgreements,
};

function eccKind(spec: Exclude<ecc.EccKeySpec, 'SM2'>): KeyPairKind {
  const curve = ecc.curves[spec];
  return keyPairKind(
    {
      needs: (primitives) => primitives.ec(),
      grow: (seed, needed: EcPrimitives) => ecc.grow(seed, curve, needed),
      fromPkcs8: (der, needed) => ecc.fromPkcs8(der, curve, needed),
      toPkcs8: ecc.toPkcs8,
      spki: ecc.spki,
    },
    onCurves,
  );
}

const sm2Algorithms: Algorithms<ecc.EccPrivateKey<PointPrimitives>> = {
  signings: sm2.sm2Signings,
  encryptions: sm2.sm2Encryptions,
  agreements: ecc.keyAgreements,
};

const sm2Kind: KeyPairKind = keyPairKind(
  {
    needs: (primitives) => primitives.sm2(),
    grow: (seed, needed: PointPrimitives) => ecc.grow(seed, ecc.curves.SM2, needed),
    fromPkcs8: (der, needed) => ecc.fromPkcs8(der, ecc.curves.SM2, needed),
    toPkcs8: ecc.toPkcs8,
    spki: ecc.spki,
  },
  sm2Algorithms,
);

const ed25519Kind: KeyPairKind = keyPairKind(
  {
    needs: (primitives) => primitives.ed25519(),
    grow: ed25519.grow,
    fromPkcs8: ed25519.fromPkcs8,
    toPkcs8: ed25519.toPkcs8,
    spki: ed25519.spki,
  },
  { signings: ed25519.ed25519Signings },
);

function mlDsaKind(spec: pq.MlDsaKeySpec): KeyPairKind {
  const parameters = pq.mlDsaParameters[spec];
  return keyPairKind(
    {
      needs: (primitives) => primitives.postQuantum(),
      grow: (seed, needed) => pq.growMlDsa(seed, parameters, needed),
      fromPkcs8: (der, needed) => pq.mlDsaFromPkcs8(der, parameters, needed),
      toPkcs8: pq.mlDsaToPkcs8,
      spki: pq.mlDsaSpki,
    },
    { signings: pq.mlDsaSignings },
  );
}

function mlKemKind(spec: pq.MlKemKeySpec): KeyPairKind {
  const parameters = pq.mlKemParameters[spec];
  return keyPairKind(
    {
      needs: (primitives) => primitives.postQuantum(),
      grow: (seed, needed) => pq.growMlKem(seed, parameters, needed),
      fromPkcs8: (der, needed) => pq.mlKemFromPkcs8(der, parameters, needed),
      toPkcs8: pq.mlKemToPkcs8,
      spki: pq.mlKemSpki,
    },
    { encapsulations: pq.mlKemEncapsulations },
  );
}

export const keyPairKinds: Readonly<Record<KeyPairSpec, KeyPairKind>> = {
  RSA_2048: rsaKind('RSA_2048'),
  RSA_3072: rsaKind('RSA_3072'),
  RSA_4096: rsaKind('RSA_4096'),
  ECC_NIST_P256: eccKind('ECC_NIST_P256'),
  ECC_NIST_P384: eccKind('ECC_NIST_P384'),
  ECC_NIST_P521: eccKind('ECC_NIST_P521'),
  ECC_SECG_P256K1: eccKind('ECC_SECG_P256K1'),
  ECC_NIST_EDWARDS25519: ed25519Kind,
  ML_DSA_44: mlDsaKind('ML_DSA_44'),
  ML_DSA_65: mlDsaKind('ML_DSA_65'),
  ML_DSA_87: mlDsaKind('ML_DSA_87'),
  ML_KEM_512: mlKemKind('ML_KEM_512'),
  ML_KEM_768: mlKemKind('ML_KEM_768'),
  ML_KEM_1024: mlKemKind('ML_KEM_1024'),
  SM2: sm2Kind,
};
