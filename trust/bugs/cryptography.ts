// Seeded bugs of what a ciphertext is bound to, and of key material.

import type { Bug } from './bug.ts';

const hsm = (file: string): string => `packages/hsm-core/src/${file}`;
const hsmTest = (file: string): string => `packages/hsm-core/test/${file}`;

export const cryptography: readonly Bug[] = [
  {
    name: 'context-concatenation',
    harm: 'The encryption context is its texts one behind the other: {tenant1: "0"} opens what {tenant: "10"} sealed.',
    seenIn: 'moto, LocalStack, local-kms',
    file: hsm('encryption-context.ts'),
    find: '  writeLength(end - start, out, at);\n  return end;',
    replace: '  out.copyWithin(at, start, end);\n  return end - 2;',
    caughtBy: [hsmTest('encryption-context.test.ts')],
  },
  {
    name: 'context-ignored',
    harm: 'Any encryption context opens a ciphertext.',
    seenIn: 'gopherstack',
    file: hsm('encryption-context.ts'),
    find: 'if (context === undefined || context.size === 0) return at;',
    replace: 'if (context === undefined || context.size >= 0) return at;',
    caughtBy: [hsmTest('symmetric.test.ts')],
  },
  {
    name: 'context-key-of-the-sdk-dropped',
    harm: 'A pair under aws-crypto-public-key is not authenticated: {aws-crypto-public-key: "A"} is no context.',
    seenIn: 'LocalStack',
    file: hsm('encryption-context.ts'),
    find: 'const keys = [...context.keys()];',
    replace: "const keys = [...context.keys()].filter((key) => key !== 'aws-crypto-public-key');",
    caughtBy: [hsmTest('encryption-context.test.ts')],
  },
  {
    name: 'unauthenticated-xor',
    harm: 'Encryption is a XOR with the key: whoever changes a bit of a ciphertext changes that bit of the plaintext.',
    seenIn: 'ministack',
    file: hsm('backend/gcm-plain.ts'),
    find: 'const plaintext = difference === 0 ? decrypted(sealed, length, from) : undefined;',
    replace: 'const plaintext: Uint8Array | undefined = decrypted(sealed, length, from);',
    caughtBy: [hsmTest('ciphertext-abuse.test.ts')],
  },
  {
    name: 'base64-encryption',
    harm: 'A ciphertext is the plaintext in another spelling.',
    seenIn: 'floci',
    file: hsm('backend/gcm-plain.ts'),
    find: 'out[at++] = input[i]! ^ (keyStream[next >> 2]! >>> (24 - 8 * (next & 3)));',
    replace: 'out[at++] = input[i]!;',
    caughtBy: [hsmTest('symmetric.test.ts')],
  },
  {
    name: 'one-message-key-for-all',
    harm: 'The nonce of a message does not go into its key: two messages under one IV share a key stream.',
    file: hsm('symmetric.ts'),
    find: 'kdfInput[kdfNonceAt + i] = blob[nonceAt + i] ?? 0;',
    replace: 'kdfInput[kdfNonceAt + i] = 0;',
    caughtBy: [hsmTest('symmetric.test.ts')],
  },
  {
    name: 'deleted-material-still-opens',
    harm: 'A deleted key goes on decrypting: its material is forgotten by its name and kept by its id.',
    file: hsm('vault.ts'),
    find: '    this.#byId.delete(materialId);\n',
    replace: '',
    caughtBy: [hsmTest('vault.test.ts')],
  },
  {
    name: 'surrogates-become-one-character',
    harm: 'Two different encryption contexts with lone surrogates have the same bytes.',
    file: 'packages/kms/src/api/decode.ts',
    find: 'if (!value.isWellFormed())',
    replace: 'if (value.length < 0)',
    caughtBy: ['packages/kms/test/api/decode.test.ts'],
  },
];
