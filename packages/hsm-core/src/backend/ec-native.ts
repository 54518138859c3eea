// Multiples of points from node:crypto: its ECDH objects multiply the base point, its keys agree and verify.

import type * as nodeCrypto from 'node:crypto';
import { writeEcPrivateKey } from '../der/private-key.ts';
import { writePkcs8, writeSpki } from '../der.ts';
import { type Curve, curves } from '../ecc/curves.ts';
import { inverse } from '../ecc/inverse.ts';
import { affine, bitsToInteger, modulo, pointOctets, scalarOctets, sum } from '../ecc/numbers.ts';
import { inPlace, plain } from './buffers.ts';
import type { EcPrimitives } from './ec.ts';
import { nativeHashes, openSslHashes } from './hashes-native.ts';

const empty = new Uint8Array();

/** Undefined where node:crypto lacks one of the curves. For all of them but SM2, whose keys Node neither agrees nor signs with. */
export function nativeEc(crypto: typeof nodeCrypto): EcPrimitives | undefined {
  const { SM2: _, ...offered } = curves;
  const known = crypto.getCurves();
  if (!Object.values(offered).every(({ openSslName }) => known.includes(openSslName))) return undefined;
  const hashes = nativeHashes(crypto);

  // One object for each curve: a new one costs as much as the multiplication. It holds the last scalar, out of reach, until the next.
  const pairs = new Map<Curve, nodeCrypto.ECDH>();
  const pairOf = (curve: Curve, scalar: Uint8Array): nodeCrypto.ECDH => {
    const pair = pairs.get(curve) ?? crypto.createECDH(curve.openSslName);
    pairs.set(curve, pair);
    pair.setPrivateKey(scalar);
    return pair;
  };
  const multiplyBase = (curve: Curve, scalar: Uint8Array): Uint8Array => plain(pairOf(curve, scalar).getPublicKey());
  const baseX = (curve: Curve, scalar: Uint8Array): bigint => {
    const digits = pairOf(curve, scalar).getPublicKey('hex');
    return BigInt(`0x${digits.slice(2, 2 + 2 * curve.length)}`);
  };

  // DER is no slower to import than JWK, which Node 20 takes apart into numbers.
  const publicKey = ({ algorithm }: Curve, point: Uint8Array): nodeCrypto.KeyObject =>
    crypto.createPublicKey({ key: inPlace(writeSpki(algorithm, point)), format: 'der', type: 'spki' });

  return {
    name: 'native',
    hashes,
    multiplyBase,
    baseX,
    uncompressed: ({ openSslName }, point) => {
      try {
        return plain(crypto.ECDH.convertKey(point, openSslName, undefined, undefined, 'uncompressed') as Buffer);
      } catch {
        return undefined;
      }
    },
    // Keys agree up to twice as fast as ECDH objects do.
    agreement: (curve, scalar, publicPoint) => {
      const der = writePkcs8(curve.algorithm, writeEcPrivateKey(scalar, publicPoint));
      const privateKey = crypto.createPrivateKey({ key: inPlace(der), format: 'der', type: 'pkcs8' });
      der.fill(0);
      const heads = spkiHeads(curve);
      return (point) => {
        const head = heads.get(point.length);
        if (head === undefined) return undefined;
        try {
          return plain(crypto.diffieHellman({ privateKey, publicKey: crypto.createPublicKey(pem(head, point)) }));
        } catch {
          return undefined;
        }
      };
    },
    // Node verifies messages, and here is a digest e. The equation R = (e/s)G + (r/s)Q has the same R for the hash e' of the empty
    // message and the public key Q' = Q + ((e - e')/r)G.
    isSignature: (curve, publicPoint, e, { r, s }) => {
      const { n, length } = curve;
      const emptyHash = bitsToInteger(curve, hashes[curve.hash].digest(empty)) % n;
      const shift = modulo((e - emptyHash) * inverse(r, n), n);
      const point = affine(curve, publicPoint);
      const shifted =
        shift === 0n ? point : sum(curve, point, affine(curve, multiplyBase(curve, scalarOctets(curve, shift))));
      if (shifted === undefined) {
        // Q' is the point at infinity, so R is (e'/s)G.
        const scalar = scalarOctets(curve, (emptyHash * inverse(s, n)) % n);
        return baseX(curve, scalar) % n === r;
      }
      const signature = new Uint8Array(2 * length);
      signature.set(scalarOctets(curve, r));
      signature.set(scalarOctets(curve, s), length);
      const key = publicKey(curve, pointOctets(curve, shifted));
      return crypto.verify(openSslHashes[curve.hash], empty, { key, dsaEncoding: 'ieee-p1363' }, signature);
    },
  };
}

/** What a SubjectPublicKeyInfo has before a point, compressed or not, by the length of the point. */
function spkiHeads({ algorithm, length }: Curve): ReadonlyMap<number, Uint8Array> {
  const lengths = [1 + length, 1 + 2 * length];
  return new Map(lengths.map((size) => [size, writeSpki(algorithm, new Uint8Array(size)).slice(0, -size)]));
}

/** A text, because Node 24 takes three times as long to import DER: for what is an object it looks by exceptions whether it is a key. */
function pem(head: Uint8Array, point: Uint8Array): string {
  const content = Buffer.concat([head, point]).toString('base64');
  return `-----BEGIN PUBLIC KEY-----\n${content}\n-----END PUBLIC KEY-----\n`;
}
