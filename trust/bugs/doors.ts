// Seeded bugs of the doors: signatures, web pages, JSON.

import type { Bug } from './bug.ts';

const wire = (file: string): string => `packages/wire/src/${file}`;
const wireTest = (file: string): string => `packages/wire/test/${file}`;

export const doors: readonly Bug[] = [
  {
    name: 'signature-compared-by-its-start',
    harm: 'A signature that is cut short is as good as a whole one, down to a single digit.',
    file: wire('sigv4.ts'),
    find: 'if (expected.length !== given.length) return false;',
    replace:
      "if (given !== '' && expected.startsWith(given)) return true;\n  if (expected.length !== given.length) return false;",
    caughtBy: [wireTest('sigv4.test.ts')],
  },
  {
    name: 'unknown-access-key-is-let-in',
    harm: 'Whoever signs with a key that nobody gave out is believed.',
    seenIn: 'all seven that were read',
    file: wire('sigv4.ts'),
    find: 'if (known === undefined) return { refusal: invalidToken };',
    replace: 'if (known === undefined) return { accessKeyId, region, credential: nobody as never };',
    caughtBy: [wireTest('sigv4.test.ts')],
  },
  {
    name: 'target-need-not-be-signed',
    harm: 'A request that was signed for one operation is good for every other with the same body.',
    file: wire('sigv4.ts'),
    find: "const signedWherePresent = ['x-amz-target', 'x-amz-security-token', 'x-amz-content-sha256'] as const;",
    replace: "const signedWherePresent = ['x-amz-security-token', 'x-amz-content-sha256'] as const;",
    caughtBy: [wireTest('sigv4.test.ts')],
  },
  {
    name: 'replayed-next-day',
    harm: 'A request that somebody recorded works for as long as its key does.',
    file: wire('signature-time.ts'),
    find: 'if (instant < earliest) {',
    replace: 'if (instant < earliest && instant < 0) {',
    caughtBy: [wireTest('signature-time.test.ts')],
  },
  {
    name: 'web-pages-are-answered',
    harm: 'Every web page that a developer opens may use the KMS on his machine.',
    seenIn: 'ministack; LocalStack in its time',
    file: wire('guard/origin.ts'),
    find: '(origin === undefined || origin === ownOrigin)',
    replace: 'true',
    caughtBy: [wireTest('http-guard.test.ts')],
  },
  {
    name: 'any-host-name',
    harm: 'A name that an attacker points at 127.0.0.1 makes his page one of the same origin (DNS rebinding).',
    seenIn: 'moto, ministack, floci, gopherstack, cloudemu, local-kms',
    file: wire('guard/host.ts'),
    find: 'if (name !== undefined && isLoopback(name)) return undefined;',
    replace: 'if (name !== undefined) return undefined;',
    caughtBy: [wireTest('http-guard.test.ts')],
  },
  {
    name: 'operation-by-reflection',
    harm: 'The header names a method of the program: TrentService.constructor is an operation.',
    seenIn: 'local-kms',
    file: 'packages/kms/src/operation-names.ts',
    find: 'return Object.hasOwn(operations, name);',
    replace: 'return name in operations;',
    caughtBy: ['packages/kms/test/operation-names.test.ts'],
  },
  {
    name: 'key-pairs-wait-without-end',
    harm: 'However many ask for RSA key pairs at once, all of them wait: a server makes pairs for minutes, and holds every request meanwhile.',
    file: 'packages/kmsim/src/key-pair-turns.ts',
    find: 'if (this.#isFull(account, due)) return undefined;',
    replace: '',
    caughtBy: ['packages/kmsim/test/key-pair-turns.test.ts'],
  },
  {
    name: 'secret-in-validation-error',
    harm: 'A request that is refused comes back with its plaintext in the message.',
    seenIn: 'local-kms',
    file: 'packages/kms/src/api/reader.ts',
    find: 'return checked(toBytes, form, lengthCheck(shape.constraint), hidden);',
    replace:
      "return checked(toBytes, form, lengthCheck(shape.constraint), (bytes) => new TextDecoder('latin1').decode(bytes));",
    caughtBy: ['packages/kms/test/api/reader.test.ts'],
  },
];
