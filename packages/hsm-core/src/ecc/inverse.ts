// The inverse modulo a prime by Lehmer's algorithm: Knuth, The Art of Computer Programming, volume 2, section 4.5.2, algorithm L.
// Most steps of Euclid's algorithm are done on the leading 52 bits, in numbers; it takes a third of the time that BigInt alone does.

const digitBits = 52;
const twoDigits = 1n << BigInt(digitBits);

/** Some steps of Euclid's algorithm as a matrix: they take (a, b) to (A a + B b, C a + D b). */
type Steps = readonly [A: number, B: number, C: number, D: number];

/** The inverse of a number between 1 and a prime modulus. Not constant-time. */
export function inverse(value: bigint, modulus: bigint): bigint {
  // a is congruent to u times the value, b to v times the value.
  let [a, b, u, v] = [modulus, value, 0n, 1n];
  while (b >= twoDigits) {
    const shift = BigInt((a.toString(16).length - digitBits / 4) * 4);
    const steps = certainSteps(Number(a >> shift), Number(b >> shift));
    if (steps === undefined) {
      const quotient = a / b;
      [a, b, u, v] = [b, a - quotient * b, v, u - quotient * v];
    } else {
      const [A, B, C, D] = [BigInt(steps[0]), BigInt(steps[1]), BigInt(steps[2]), BigInt(steps[3])];
      [a, b, u, v] = [A * a + B * b, C * a + D * b, A * u + B * v, C * u + D * v];
    }
  }
  const quotient = a / b;
  const [B, D] = lastSteps(Number(b), Number(a - quotient * b));
  const inverse = B * v + D * (u - quotient * v);
  return inverse < 0n ? inverse + modulus : inverse;
}

/** The steps whose quotients are the same whatever follows the leading digits; undefined when the first is not. */
function certainSteps(high: number, low: number): Steps | undefined {
  let [x, y, A, B, C, D] = [high, low, 1, 0, 0, 1];
  while (y + C !== 0 && y + D !== 0) {
    const quotient = Math.floor((x + A) / (y + C));
    if (quotient !== Math.floor((x + B) / (y + D))) break;
    [A, C] = [C, A - quotient * C];
    [B, D] = [D, B - quotient * D];
    [x, y] = [y, x - quotient * y];
  }
  return B === 0 ? undefined : [A, B, C, D];
}

/** All steps that are left: the first row of their matrix, which leads to the greatest common divisor, 1. */
function lastSteps(high: number, low: number): readonly [A: bigint, B: bigint] {
  let [x, y, A, B, C, D] = [high, low, 1, 0, 0, 1];
  while (y !== 0) {
    const quotient = Math.floor(x / y);
    [A, C] = [C, A - quotient * C];
    [B, D] = [D, B - quotient * D];
    [x, y] = [y, x - quotient * y];
  }
  return [BigInt(A), BigInt(B)];
}
