// Elliptic curves: ECDSA, ECDH and Ed25519.

import { createPublicKey, diffieHellman, generateKeyPairSync, sign, verify } from 'node:crypto';
import { type KeySpec, keySpecs, type SigningAlgorithm } from '@kmsim/hsm-core';
import type { Kmsim } from 'kmsim';
import { type Case, draw, message, pairOf, required, type Step } from './case.ts';

const curves = {
  ECC_NIST_P256: 'prime256v1',
  ECC_NIST_P384: 'secp384r1',
  ECC_NIST_P521: 'secp521r1',
  ECC_SECG_P256K1: 'secp256k1',
} as const;
type CurveSpec = keyof typeof curves;

export async function curveCases(sim: Kmsim): Promise<readonly Case[]> {
  const cases: Case[] = [];
  for (const [spec, namedCurve] of Object.entries(curves) as [CurveSpec, string][]) {
    const algorithm = keySpecs[spec].signingAlgorithms[0] as SigningAlgorithm;
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
    const hash = algorithm.replace('ECDSA_SHA_', 'sha');
    const rawSignature = sign(hash, message, privateKey);
    const raw = {
      sign: () => sign(hash, message, privateKey),
      verify: () => verify(hash, message, publicKey, rawSignature),
    };
    cases.push(...(await signatures(sim, spec, algorithm, raw)));
    if (keySpecs[spec].keyAgreementAlgorithms.length > 0) cases.push(await agreement(sim, spec, namedCurve));
  }
  return [...cases, ...(await edwards(sim))];
}

/** The peer's key comes with each request, so taking it in is part of the raw work. */
async function agreement(sim: Kmsim, spec: CurveSpec, namedCurve: string): Promise<Case> {
  const { KeyId, kms, pair } = await pairOf(sim, spec, 'KEY_AGREEMENT');
  const own = generateKeyPairSync('ec', { namedCurve });
  const peer = generateKeyPairSync('ec', { namedCurve }).publicKey.export({ type: 'spki', format: 'der' });
  const PublicKey = Uint8Array.from(peer);
  const request = { KeyId, KeyAgreementAlgorithm: 'ECDH', PublicKey } as const;
  return {
    spec,
    name: 'DeriveSharedSecret ECDH',
    raw: () => {
      const publicKey = createPublicKey({ key: peer, format: 'der', type: 'spki' });
      return diffieHellman({ privateKey: own.privateKey, publicKey });
    },
    key: () => pair.agree('ECDH', PublicKey),
    request: () => kms.deriveSharedSecret(request),
  };
}

/** Ed25519ph, which node:crypto does not have, beside it. */
async function edwards(sim: Kmsim): Promise<readonly Case[]> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const rawSignature = sign(null, message, privateKey);
  const raw = {
    sign: () => sign(null, message, privateKey),
    verify: () => verify(null, message, publicKey, rawSignature),
  };
  const spec = 'ECC_NIST_EDWARDS25519';
  return [
    ...(await signatures(sim, spec, 'ED25519_SHA_512', raw)),
    ...(await signatures(sim, spec, 'ED25519_PH_SHA_512', {}, 'DIGEST')),
  ];
}

/** Sign and Verify of a message of 64 bytes, which is as long as the digest that Ed25519ph takes. */
export async function signatures(
  sim: Kmsim,
  spec: KeySpec,
  algorithm: SigningAlgorithm,
  raw: { readonly sign?: Step; readonly verify?: Step },
  MessageType: 'RAW' | 'DIGEST' = 'RAW',
): Promise<readonly Case[]> {
  const { KeyId, kms, pair } = await pairOf(sim, spec, 'SIGN_VERIFY');
  const request = { KeyId, SigningAlgorithm: algorithm, Message: message, MessageType };
  const Signature = required((await kms.sign(request)).Signature);
  const verification = { ...request, Signature };
  return [
    {
      spec,
      name: `Sign ${algorithm}`,
      raw: raw.sign,
      key: () => pair.sign(algorithm, MessageType, message, draw),
      request: () => kms.sign(request),
    },
    {
      spec,
      name: `Verify ${algorithm}`,
      raw: raw.verify,
      key: () => pair.verify(algorithm, MessageType, message, Signature),
      request: () => kms.verify(verification),
    },
  ];
}
