// Elliptic curves: ECDSA, ECDH and Ed25519. Of SM2 node:crypto has the curve, and neither its signatures nor its agreement.

import { createPrivateKey, createPublicKey, diffieHellman, type KeyObject, sign, verify } from 'node:crypto';
import { ecc, ed25519, sm2 } from '@kmsim/hsm-core/families';
import { byBackend } from '../backends.ts';
import { mapped, type Step, type Work } from '../beside.ts';
import { message, required } from '../key-specs/case.ts';

const noBytes = new Uint8Array();
const seed = new Uint8Array(32).fill(7);
const peerSeed = new Uint8Array(32).fill(8);

interface Form<Key> {
  sign(key: Key, message: Uint8Array, random: Uint8Array): Uint8Array;
  verify(key: Key, message: Uint8Array, signature: Uint8Array): boolean;
}

interface Signer {
  sign(): Uint8Array;
  verify(signature: Uint8Array): boolean;
}

function signerOf<Key>({ sign, verify }: Form<Key>, key: Key): Signer {
  return {
    sign: () => sign(key, message, noBytes),
    verify: (signature) => verify(key, message, signature),
  };
}

export async function curvePrimitives(): Promise<readonly Work[]> {
  const works: Work[] = [];
  for (const spec of ['ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521', 'ECC_SECG_P256K1'] as const) {
    works.push(...(await onCurve(spec)));
  }
  return [...works, ...(await edwards()), ...(await chinese())];
}

async function onCurve(spec: Exclude<ecc.EccKeySpec, 'SM2'>): Promise<readonly Work[]> {
  const curve = ecc.curves[spec];
  const keys = await byBackend(async (backend) => ecc.grow(seed, curve, await (await backend.primitives()).ec()));
  const algorithm = required(Object.values(ecc.ecdsaSignings)[['SHA-256', 'SHA-384', 'SHA-512'].indexOf(curve.hash)]);
  const form = required(algorithm.forms.RAW);
  const signers = mapped(keys, (key) => signerOf(form, key));
  const [own] = Object.values(keys);
  const privateKey = keyObject(ecc.toPkcs8(required(own)));
  const peer = ecc.spki(ecc.grow(peerSeed, curve, required(own).primitives));
  const hash = curve.hash.replace('-', '').toLowerCase();
  return [
    ...signatures(spec, `ECDSA_${curve.hash.replace('-', '_')}`, signers, { privateKey, hash }),
    {
      title: `${spec} ECDH`,
      // The peer's key comes with each request, so taking it in is part of it.
      raw: () => {
        const publicKey = createPublicKey({ key: Buffer.from(peer), format: 'der', type: 'spki' });
        return diffieHellman({ privateKey, publicKey });
      },
      ways: mapped(
        keys,
        (key): Step =>
          () =>
            ecc.keyAgreements.ECDH.derive(key, peer),
      ),
    },
  ];
}

async function edwards(): Promise<readonly Work[]> {
  const keys = await byBackend(async (backend) => ed25519.grow(seed, await (await backend.primitives()).ed25519()));
  const form = required(ed25519.ed25519Signings.ED25519_SHA_512.forms.RAW);
  const signers = mapped(keys, (key) => signerOf(form, key));
  const privateKey = keyObject(ed25519.toPkcs8(required(Object.values(keys)[0])));
  return signatures('ECC_NIST_EDWARDS25519', 'ED25519_SHA_512', signers, { privateKey, hash: null });
}

async function chinese(): Promise<readonly Work[]> {
  const keys = await byBackend(async (backend) =>
    ecc.grow(seed, ecc.curves.SM2, await (await backend.primitives()).sm2()),
  );
  const form = required(sm2.sm2Signings.SM2DSA.forms.RAW);
  const signers = mapped(keys, (key) => signerOf(form, key));
  return signatures('SM2', 'SM2DSA', signers);
}

/** Every backend verifies what it has signed; so does node:crypto. */
function signatures(
  spec: string,
  algorithm: string,
  signers: Readonly<Record<string, Signer>>,
  raw?: { readonly privateKey: KeyObject; readonly hash: string | null },
): readonly Work[] {
  const publicKey = raw && createPublicKey(raw.privateKey);
  const rawSignature = raw && sign(raw.hash, message, raw.privateKey);
  return [
    {
      title: `${spec} sign ${algorithm}`,
      raw: raw && (() => sign(raw.hash, message, raw.privateKey)),
      ways: mapped(
        signers,
        (signer): Step =>
          () =>
            signer.sign(),
      ),
    },
    {
      title: `${spec} verify ${algorithm}`,
      raw: raw && publicKey && rawSignature && (() => verify(raw.hash, message, publicKey, rawSignature)),
      ways: mapped(signers, (signer): Step => {
        const signature = signer.sign();
        return () => {
          if (!signer.verify(signature)) throw new Error(`${spec}: its own signature is none.`);
        };
      }),
    },
  ];
}

function keyObject(pkcs8: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
}
