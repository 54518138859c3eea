// No event shows a secret: neither what went into a run of every operation nor what came out of it, in no encoding.

import { expect, test } from 'vitest';
import { operationRows } from '../../src/tables/operations.ts';
import { stranger, utf8 } from '../engine.ts';
import { type Canary, hits } from './canaries.ts';
import { everyOperation, planted } from './every-operation.ts';

const run = await everyOperation();

/** Everything that is bytes, and every token. */
function secretsOf(name: string, value: unknown): readonly Canary[] {
  if (value instanceof Uint8Array) return value.length < 12 ? [] : [{ name, secret: Uint8Array.from(value) }];
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date))
    return Object.entries(value).flatMap(([member, one]) => secretsOf(`${name}.${member}`, one));
  const isToken = typeof value === 'string' && /token|password|credential/i.test(name);
  return isToken ? [{ name, secret: utf8(value) }] : [];
}

const canaries = [
  ...Object.entries(planted).map(([name, secret]) => ({ name, secret })),
  ...run.called.flatMap(({ input, operation, output }) =>
    [...Object.entries(input), ...Object.entries(output)].flatMap(([name, value]) =>
      secretsOf(`${operation}.${name}`, value),
    ),
  ),
];

function textOf(): string {
  return JSON.stringify(run.engine.kms.trail?.records());
}

test('the run has called every operation that kmsim has, and many secrets are looked for', () => {
  const called = new Set<string>(run.called.map(({ operation }) => operation));
  expect(Object.keys(operationRows).filter((name) => !called.has(name))).toEqual([]);
  expect(canaries.length).toBeGreaterThan(40);
  expect(canaries.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'plaintext',
      'GenerateDataKey.Plaintext',
      'CreateGrant.GrantToken',
      'Sign.Signature',
      'CreateCustomKeyStore.KeyStorePassword',
      'CreateCustomKeyStore.XksProxyAuthenticationCredential.RawSecretAccessKey',
    ]),
  );
});

test('no event of them shows any; encryption contexts stand in the clear', () => {
  const text = textOf();
  expect(text).toContain('"encryptionContext":{"Department":"Engineering"}');
  expect(hits(canaries, text)).toEqual([]);
});

test('nor does one of a call that fails, whatever its error repeats', () => {
  const { plaintext } = planted;
  const secret = Buffer.from(plaintext).toString('utf8');
  const wrong: readonly (readonly ['Encrypt' | 'Decrypt' | 'RetireGrant' | 'DescribeKey', object])[] = [
    ['Encrypt', { KeyId: 'none', Plaintext: plaintext }],
    ['Encrypt', { KeyId: 'alias/x', Plaintext: secret }],
    ['Encrypt', { KeyId: 'alias/x', Plaintext: plaintext, GrantTokens: Array.from({ length: 11 }, () => secret) }],
    ['Decrypt', { CiphertextBlob: plaintext }],
    ['RetireGrant', { GrantToken: secret.repeat(300) }],
    ['RetireGrant', { GrantToken: secret }],
    ['DescribeKey', { KeyId: 'none', GrantTokens: [secret, ''] }],
  ];
  const before = run.engine.kms.trail?.records().length ?? 0;
  for (const [operation, input] of wrong)
    for (const by of [stranger, { ...stranger, region: 'eu-west-1' }])
      expect(() => run.engine.call(operation, input as never, by)).toThrow();
  expect(run.engine.kms.trail?.records().length).toBe(before + 2 * wrong.length);
  expect(hits(canaries, textOf())).toEqual([]);
});
