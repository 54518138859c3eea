// Paths that lead to a root, and those that do not.

import { describe, expect, test } from 'vitest';
import { AttestationVerifier } from '../src/verifier.ts';
import { chainOf, documentOf, hourMs, keyOf, type Link, now } from './documents.ts';

function judged(chain: readonly Uint8Array[], root = chain[0] ?? new Uint8Array(), at = now): object {
  return new AttestationVerifier([root]).verify(documentOf(chain), at);
}

describe('a path is good', () => {
  test.each<[string, Link[]]>([
    ['from the root to the leaf', [{}, {}]],
    ['over one authority', [{}, {}, {}]],
    ['over five', [{}, {}, {}, {}, {}, {}, {}]],
    ['that is as long as allowed', [{ pathLength: 2 }, { pathLength: 1 }, { pathLength: 0 }, {}]],
    ['shorter than allowed', [{ pathLength: 5 }, {}]],
  ])('%s', (_, links) => {
    expect(judged(chainOf(...links))).toMatchObject({ kind: 'enclave' });
  });

  test('at both ends of its time', () => {
    const chain = chainOf({}, {});
    // Certificates count whole seconds.
    const second = Math.floor(now / 1000) * 1000;
    const ends = [second - hourMs, second + hourMs + 999];
    expect(ends.map((at) => judged(chain, chain[0], at))).toMatchObject([{ kind: 'enclave' }, { kind: 'enclave' }]);
  });
});

describe('a path is refused', () => {
  test.each<[string, Link[], string]>([
    ['the root is not valid yet', [{ notBefore: now + 2000 }, {}, {}], 'not yet valid'],
    ['the root has expired', [{ notAfter: now - 2000 }, {}, {}], 'expired'],
    ['an authority is not valid yet', [{}, { notBefore: now + 2000 }, {}], 'not yet valid'],
    ['an authority has expired', [{}, { notAfter: now - 2000 }, {}], 'expired'],
    ['the leaf is not valid yet', [{}, {}, { notBefore: now + 2000 }], 'not yet valid'],
    ['the leaf has expired', [{}, {}, { notAfter: now - 2000 }], 'expired'],
    ['the root allows no authority below it', [{ pathLength: 0 }, {}, {}], 'invalid certificate'],
    ['an authority allows fewer than there are', [{}, { pathLength: 0 }, {}, {}], 'invalid certificate'],
    ['the leaf may certify', [{}, {}, { pathLength: null }], 'invalid certificate'],
    ['the leaf may certify one', [{}, {}, { pathLength: 0 }], 'invalid certificate'],
    ['the issuer has another name', [{}, {}, { issuer: 'c9' }], 'invalid certificate'],
    ['the leaf is signed by another key', [{}, {}, { issuerKey: keyOf('k9') }], 'invalid signature'],
    ['an authority is signed by another key', [{}, { issuerKey: keyOf('k9') }, {}], 'invalid signature'],
  ])('%s', (_, links, code) => {
    expect(judged(chainOf(...links))).toMatchObject({ code });
  });

  test('an authority may not certify', () => {
    const [root = expect.fail(), leaf = expect.fail()] = chainOf({}, {});
    const below = chainOf({}, {}, {}).at(-1) ?? expect.fail();
    expect(judged([root, leaf, below])).toMatchObject({ code: 'invalid certificate' });
  });

  test('an authority is missing, comes twice, or stands in another place', () => {
    const [root = expect.fail(), one = expect.fail(), two = expect.fail(), leaf = expect.fail()] = chainOf(
      {},
      {},
      {},
      {},
    );
    for (const chain of [
      [root, one, leaf],
      [root, two, leaf],
      [root, one, one, two, leaf],
      [root, two, one, leaf],
    ])
      expect(new AttestationVerifier([root]).verify(documentOf(chain, keyOf('k3')), now)).toMatchObject({
        code: 'invalid certificate',
      });
    expect(judged([root, one, two, leaf])).toMatchObject({ kind: 'enclave' });
  });

  test('the root is left out, stands last, or is another one of the same name and key', () => {
    const chain = chainOf({}, {}, {});
    const [root = expect.fail(), one = expect.fail(), leaf = expect.fail()] = chain;
    expect(judged([one, leaf], root)).toMatchObject({ code: 'untrusted root' });
    expect(judged([one, root, leaf], root)).toMatchObject({ code: 'untrusted root' });
    const [twin = expect.fail()] = chainOf({ notAfter: now + 2 * hourMs });
    expect(judged(chain, twin)).toMatchObject({ code: 'untrusted root' });
  });

  test('there is no root of trust', () => {
    expect(new AttestationVerifier([]).verify(documentOf(chainOf({}, {})), now)).toMatchObject({
      code: 'untrusted root',
    });
  });
});

test('the document is signed by another key than that of its certificate', () => {
  const chain = chainOf({}, {});
  const other = documentOf(chain, keyOf('k0'));
  expect(new AttestationVerifier(chain.slice(0, 1)).verify(other, now)).toMatchObject({ code: 'invalid signature' });
});
