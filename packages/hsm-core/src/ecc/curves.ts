// The elliptic curves in short Weierstrass form: y^2 = x^3 + ax + b modulo p, a base point of prime order n, cofactor 1.
// P-256, P-384, P-521: SP 800-186 section 3.2.1, https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-186.pdf
// secp256k1: SEC 2 section 2.4.1, https://www.secg.org/sec2-v2.pdf
// SM2: GB/T 32918.5-2017, https://www.rfc-editor.org/rfc/rfc8998#section-3.2.1

import type { HashName } from '../backend/hashes.ts';
import { type KeyAlgorithm, keyAlgorithms } from '../der/key-algorithms.ts';
import type { KeySpec } from '../key-specs.ts';

export interface Curve {
  readonly algorithm: KeyAlgorithm;
  /** The hash of its only signing algorithm. */
  readonly hash: HashName;
  readonly openSslName: string;
  readonly p: bigint;
  readonly a: bigint;
  readonly b: bigint;
  readonly gx: bigint;
  readonly gy: bigint;
  readonly n: bigint;
  /** Of n, and of p. */
  readonly bits: number;
  /** Octets of a coordinate, and of a private key. */
  readonly length: number;
  readonly largestPrivateKey: bigint;
}

export type EccKeySpec = Extract<KeySpec, `ECC_NIST_P${number}` | 'ECC_SECG_P256K1' | 'SM2'>;

type Digits = Readonly<Record<'p' | 'a' | 'b' | 'gx' | 'gy' | 'n', string>>;

// FIPS 186-5 section 6.2.1: a private key is in 1 .. n - 1.
function curve(algorithm: KeyAlgorithm, hash: HashName, openSslName: string, bits: number, digits: Digits): Curve {
  const number = (hexadecimal: string): bigint => BigInt(`0x${hexadecimal.replace(/\s+/g, '')}`);
  const n = number(digits.n);
  return {
    algorithm,
    hash,
    openSslName,
    p: number(digits.p),
    a: number(digits.a),
    b: number(digits.b),
    gx: number(digits.gx),
    gy: number(digits.gy),
    n,
    bits,
    length: Math.ceil(bits / 8),
    largestPrivateKey: n - 1n,
  };
}

const sm2 = curve(keyAlgorithms.SM2, 'SM3', 'SM2', 256, {
  p: 'fffffffe ffffffff ffffffff ffffffff ffffffff 00000000 ffffffff ffffffff',
  a: 'fffffffe ffffffff ffffffff ffffffff ffffffff 00000000 ffffffff fffffffc',
  b: '28e9fa9e 9d9f5e34 4d5a9e4b cf6509a7 f39789f5 15ab8f92 ddbcbd41 4d940e93',
  gx: '32c4ae2c 1f198119 5f990446 6a39c994 8fe30bbf f2660be1 715a4589 334c74c7',
  gy: 'bc3736a2 f4f6779c 59bdcee3 6b692153 d0a9877c c62a4740 02df32e5 2139f0a0',
  n: 'fffffffe ffffffff ffffffff ffffffff 7203df6b 21c6052b 53bbf409 39d54123',
});

export const curves: Readonly<Record<EccKeySpec, Curve>> = {
  ECC_NIST_P256: curve(keyAlgorithms['P-256'], 'SHA-256', 'prime256v1', 256, {
    p: 'ffffffff 00000001 00000000 00000000 00000000 ffffffff ffffffff ffffffff',
    a: 'ffffffff 00000001 00000000 00000000 00000000 ffffffff ffffffff fffffffc',
    b: '5ac635d8 aa3a93e7 b3ebbd55 769886bc 651d06b0 cc53b0f6 3bce3c3e 27d2604b',
    gx: '6b17d1f2 e12c4247 f8bce6e5 63a440f2 77037d81 2deb33a0 f4a13945 d898c296',
    gy: '4fe342e2 fe1a7f9b 8ee7eb4a 7c0f9e16 2bce3357 6b315ece cbb64068 37bf51f5',
    n: 'ffffffff 00000000 ffffffff ffffffff bce6faad a7179e84 f3b9cac2 fc632551',
  }),
  ECC_NIST_P384: curve(keyAlgorithms['P-384'], 'SHA-384', 'secp384r1', 384, {
    p: 'ffffffffffffffffffffffff ffffffffffffffffffffffff fffffffffffffffeffffffff 0000000000000000ffffffff',
    a: 'ffffffffffffffffffffffff ffffffffffffffffffffffff fffffffffffffffeffffffff 0000000000000000fffffffc',
    b: 'b3312fa7e23ee7e4988e056b e3f82d19181d9c6efe814112 0314088f5013875ac656398d 8a2ed19d2a85c8edd3ec2aef',
    gx: 'aa87ca22be8b05378eb1c71e f320ad746e1d3b628ba79b98 59f741e082542a385502f25d bf55296c3a545e3872760ab7',
    gy: '3617de4a96262c6f5d9e98bf 9292dc29f8f41dbd289a147c e9da3113b5f0b8c00a60b1ce 1d7e819d7a431d7c90ea0e5f',
    n: 'ffffffffffffffffffffffff ffffffffffffffffffffffff c7634d81f4372ddf581a0db2 48b0a77aecec196accc52973',
  }),
  ECC_NIST_P521: curve(keyAlgorithms['P-521'], 'SHA-512', 'secp521r1', 521, {
    p: `01ff${'f'.repeat(128)}`,
    a: `01ff${'f'.repeat(127)}c`,
    b: `0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef1
        09e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00`,
    gx: `00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d
         3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66`,
    gy: `011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e
         662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650`,
    n: `01ff${'f'.repeat(63)}a 51868783 bf2f966b 7fcc0148 f709a5d0 3bb5c9b8 899c47ae bb6fb71e 91386409`,
  }),
  ECC_SECG_P256K1: curve(keyAlgorithms.secp256k1, 'SHA-256', 'secp256k1', 256, {
    p: 'ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff fffffffe fffffc2f',
    a: '0',
    b: '7',
    gx: '79be667e f9dcbbac 55a06295 ce870b07 029bfcdb 2dce28d9 59f2815b 16f81798',
    gy: '483ada77 26a3c465 5da4fbfc 0e1108a8 fd17b448 a6855419 9c47d08f fb10d4b8',
    n: 'ffffffff ffffffff ffffffff fffffffe baaedce6 af48a03b bfd25e8c d0364141',
  }),
  // GB/T 32918.1 section 6.1: up to n - 2, because 1 + d has to have an inverse.
  SM2: { ...sm2, largestPrivateKey: sm2.n - 2n },
};
