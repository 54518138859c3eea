// The authority for tests: what it makes, and that it makes it twice.

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { TestAuthority } from '../src/authority.ts';
import { AttestationVerifier } from '../src/verifier.ts';
import { authority, hourMs, madeDocument, now, parsed } from './documents.ts';

const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');
const verifier = new AttestationVerifier([authority.root]);

test('a document of an enclave has sixteen registers, and those of image, kernel, application, role and instance are measured', () => {
  const { kind, moduleId, pcrs, timestamp } = parsed(madeDocument());
  expect({ kind, timestamp }).toEqual({ kind: 'enclave', timestamp: now });
  expect(moduleId).toMatch(/^i-[0-9a-f]{17}-enc[0-9a-f]{16}$/);
  const measured = [...pcrs].filter(([, pcr]) => pcr.some((byte) => byte !== 0)).map(([index]) => index);
  expect([pcrs.size, measured]).toEqual([16, [0, 1, 2, 3, 4]]);
});

test('a document of an instance has the twenty-four of a TPM', () => {
  const { kind, moduleId, pcrs } = parsed(madeDocument({ kind: 'nitrotpm' }));
  expect([kind, pcrs.size]).toEqual(['nitrotpm', 24]);
  expect(moduleId).toMatch(/^i-[0-9a-f]{17}-tpm0{16}$/);
});

test('what is asked for is in it', () => {
  const given = {
    moduleId: 'i-1-enc1',
    publicKey: Uint8Array.of(1),
    userData: Uint8Array.of(2),
    nonce: Uint8Array.of(3),
  };
  expect(parsed(madeDocument(given))).toMatchObject(given);
  const { pcrs } = parsed(madeDocument({ pcrs: { 0: new Uint8Array(48).fill(9), 31: new Uint8Array(32) } }));
  expect([hex(pcrs.get(0)), pcrs.get(31), pcrs.size]).toEqual(['09'.repeat(48), new Uint8Array(32), 17]);
});

test('in debug mode all registers are zero', () => {
  const { pcrs } = parsed(madeDocument({ debug: true, pcrs: { 0: new Uint8Array(48).fill(9) } }));
  expect([...pcrs.values()].every((pcr) => hex(pcr) === '00'.repeat(48))).toBe(true);
});

describe('what breaks a rule of documents is a fault', () => {
  test.each([
    { pcrs: { 0: new Uint8Array(5) } },
    { pcrs: { 32: new Uint8Array(48) } },
    { moduleId: '' },
    { publicKey: new Uint8Array(1025) },
    { userData: new Uint8Array(513) },
    { kind: 'nitrotpm', pcrs: { 24: new Uint8Array(48) } },
  ] as const)('%o', (plan) => {
    expect(authority.document({ at: now, ...plan })).toMatchObject({ code: 'invalid member' });
  });
});

test.each([0, 1, 999, now, Date.UTC(2049, 11, 31, 23), Date.UTC(9999, 11, 31, 23, 59, 59, 999)])(
  'a document made at %i is good then',
  (at) => {
    expect(verifier.verify(madeDocument({}, at), at)).toMatchObject({ kind: 'enclave', timestamp: Math.max(at, 1) });
  },
);

test('it is good for three hours', () => {
  const bytes = madeDocument();
  expect(
    [now - 1000, now, now + 3 * hourMs - 1000, now + 3 * hourMs + 1000].map((at) => verifier.verify(bytes, at)),
  ).toMatchObject([{ code: 'not yet valid' }, { kind: 'enclave' }, { kind: 'enclave' }, { code: 'expired' }]);
});

test('the same secret makes the same bytes, another one an authority that nobody trusts', () => {
  const [same, other] = [7, 8].map((byte) => new TestAuthority(new Uint8Array(32).fill(byte)));
  expect(same?.document({ at: now })).toEqual(madeDocument());
  expect(verifier.verify(other?.document({ at: now }) as Uint8Array, now)).toMatchObject({ code: 'untrusted root' });
  // As they are today: another build, Node or machine has to make them, too.
  const sum = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  expect([sum(authority.root), sum(madeDocument())]).toMatchInlineSnapshot(`
    [
      "54c667c5860d1252",
      "f6d41490e3d3f8a2",
    ]
  `);
});

test('modules do not share a key, not even one with the name of an authority', () => {
  const points = ['root', 'host', 'i-1-enc1', 'i-2-enc2'].map((moduleId) =>
    hex(parsed(madeDocument({ moduleId })).certificate),
  );
  expect(new Set(points).size).toBe(4);
  expect(verifier.verify(madeDocument({ moduleId: 'root' }), now)).toMatchObject({ moduleId: 'root' });
});
