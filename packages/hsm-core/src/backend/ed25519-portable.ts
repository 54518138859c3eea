// Ed25519 and Ed25519ph in pure TypeScript: RFC 8032 sections 5.1.5 to 5.1.7, over the edwards of @noble/curves. Not constant-time.

import type { EdwardsPoint } from '@noble/curves/abstract/edwards.js';
import { bytesToNumberLE, concatBytes, equalBytes, numberToBytesLE } from '@noble/curves/utils.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { EdPrimitives, EdScheme, EdSigner } from './ed25519.ts';
import type { Hash } from './hashes.ts';

// RFC 8032 section 5.1, table 1; the base point: RFC 7748 section 4.1.
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const curve = {
  p: 2n ** 255n - 19n,
  n: L,
  h: 8n,
  a: 2n ** 255n - 20n,
  d: 37095705934669439343138083508754565189542113879843219016388785533085940283555n,
  Gx: 15112221349535400772501151409588531511454012693041857206046113283949847762202n,
  Gy: 46316835694926478169428394003475163141307993866256225615783033603165251855960n,
} as const;

// Section 2, dom2(1, ""): Ed25519ph with an empty context. Ed25519 has no prefix.
const noPrefix = new Uint8Array();
const prehashPrefix = Uint8Array.of(...utf8ToBytes('SigEd25519 no Ed25519 collisions'), 1, 0);

/** The library is loaded here, and not before. */
export async function loadPortableEd25519(sha512: Hash): Promise<EdPrimitives> {
  const { edwards } = await import('@noble/curves/abstract/edwards.js');
  // Without random bytes it does not blind its scalars, which costs time, gives the same points, and draws entropy.
  const randomBytes = (): never => {
    throw new Error('Nothing in here draws random bytes.');
  };
  const Point = edwards(curve, { randomBytes });

  const hash = (...parts: readonly Uint8Array[]): bigint => bytesToNumberLE(sha512.digest(concatBytes(...parts))) % L;
  const timesBase = (scalar: bigint): EdwardsPoint => (scalar === 0n ? Point.ZERO : Point.BASE.multiply(scalar));

  /** Section 5.1.7, steps 1 and 2: whether R is [S]B - [k]A. */
  function isSignature(
    prefix: Uint8Array,
    publicKey: Uint8Array,
    message: Uint8Array,
    signature: Uint8Array,
    commitment: (S: bigint, k: bigint) => EdwardsPoint,
  ): boolean {
    if (signature.length !== 64) return false;
    const R = signature.subarray(0, 32);
    const S = bytesToNumberLE(signature.subarray(32));
    if (S >= L) return false;
    return equalBytes(commitment(S, hash(prefix, R, publicKey, message)).toBytes(), R);
  }

  function signer(prefix: Uint8Array, seed: Uint8Array): EdSigner {
    // Section 5.1.5.
    const expanded = sha512.digest(seed);
    const octets = expanded.slice(0, 32);
    octets[0] = (octets[0] ?? 0) & 0xf8;
    octets[31] = ((octets[31] ?? 0) & 0x7f) | 0x40;
    const nonceKey = expanded.slice(32);
    expanded.fill(0);
    const publicKey = timesBase(bytesToNumberLE(octets) % L).toBytes();
    return {
      publicKey,
      // Section 5.1.6.
      sign: (message) => {
        const r = hash(prefix, nonceKey, message);
        const R = timesBase(r).toBytes();
        const S = (r + hash(prefix, R, publicKey, message) * bytesToNumberLE(octets)) % L;
        return concatBytes(R, numberToBytesLE(S, 32));
      },
      // Who holds the private key need not add points: with A = [s]B, the R of a signature is [S - ks]B.
      verify: (message, signature) =>
        isSignature(prefix, publicKey, message, signature, (S, k) => {
          const scalar = (S - k * bytesToNumberLE(octets)) % L;
          return timesBase(scalar < 0n ? scalar + L : scalar);
        }),
      erase: () => {
        octets.fill(0);
        nonceKey.fill(0);
      },
    };
  }

  function verify(prefix: Uint8Array, publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
    let A: EdwardsPoint;
    try {
      A = Point.fromBytes(publicKey);
    } catch {
      return false;
    }
    return isSignature(prefix, publicKey, message, signature, (S, k) =>
      Point.BASE.multiplyUnsafe(S).subtract(A.multiplyUnsafe(k)),
    );
  }

  const scheme = (prefix: Uint8Array): EdScheme => ({
    signer: (seed) => signer(prefix, seed),
    verify: (publicKey, message, signature) => verify(prefix, publicKey, message, signature),
  });
  return { name: 'portable', sha512, pure: scheme(noPrefix), prehashed: scheme(prehashPrefix) };
}
