// A sieve: which of the odd numbers from a start on have no small factor.

/** A gap between primes of 2,048 bits is 1,420 on average; one window in 10^10 has none. */
export const windowLength: number = 1 << 15;

const limit = 1 << 16;

function primesBelow(bound: number): number[] {
  const composite = new Uint8Array(bound);
  const primes: number[] = [];
  for (let number = 2; number < bound; number++) {
    if (composite[number] === 1) continue;
    primes.push(number);
    for (let multiple = number * number; multiple < bound; multiple += number) composite[multiple] = 1;
  }
  return primes;
}

export const smallPrimes: readonly number[] = primesBelow(1000);

interface Group {
  readonly primes: readonly number[];
  /** Below 2^48, so that a remainder of it is exact as a number: one BigInt division serves three primes. */
  readonly product: bigint;
}

let groups: readonly Group[] | undefined;

function groupsOfThree(): readonly Group[] {
  const odd = primesBelow(limit).slice(1);
  return Array.from({ length: Math.ceil(odd.length / 3) }, (_, at) => {
    const primes = odd.slice(3 * at, 3 * at + 3);
    return { primes, product: BigInt(primes.reduce((product, prime) => product * prime, 1)) };
  });
}

/** The numbers from an odd start on, within the window, that no prime below 2^16 divides; `start` is above that. */
export function* candidatesFrom(start: bigint): Generator<bigint> {
  groups ??= groupsOfThree();
  const divisible = new Uint8Array(windowLength / 2);
  for (const { primes, product } of groups) {
    const remainder = Number(start % product);
    for (const prime of primes) {
      // start + 2 at = 0 modulo the prime.
      const missing = (prime - (remainder % prime)) % prime;
      const first = missing % 2 === 0 ? missing / 2 : (missing + prime) / 2;
      for (let at = first; at < divisible.length; at += prime) divisible[at] = 1;
    }
  }
  for (let at = 0; at < divisible.length; at++) {
    if (divisible[at] === 0) yield start + BigInt(2 * at);
  }
}
