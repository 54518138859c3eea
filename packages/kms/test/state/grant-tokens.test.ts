// Grant tokens: texts that stand for a grant.

import { chooseBackend } from '@kmsim/hsm-core';
import { describe, expect, test } from 'vitest';
import { GrantTokens, tokenRandomLength } from '../../src/state/grant-tokens.ts';
import { TestEngine } from '../engine.ts';
import { grantOn } from '../granting.ts';

const backend = chooseBackend('portable') ?? expect.fail('no backend');
const tokens = (secret: number) => new GrantTokens(backend.hmacSha256(new Uint8Array(32).fill(secret)));
const id = '0123456789abcdef'.repeat(4);
const random = (byte: number) => new Uint8Array(tokenRandomLength).fill(byte);

describe('a grant token', () => {
  test('stands for its grant, whatever makes it different from others', () => {
    const [one, two] = [tokens(1).write(id, random(1)), tokens(1).write(id, random(2))];
    expect(one).not.toBe(two);
    for (const token of [one, two]) expect(tokens(1).read(token)).toBe(id);
  });

  test('is of its world only', () => {
    expect(tokens(2).read(tokens(1).write(id, random(1)))).toBeUndefined();
  });

  // The token that API_CreateGrant shows, decoded: 01, then the fields 1 (64 bytes), 4 (264 bytes) and 5 (32 bytes: the id).
  test('has the length and the layout of a real one, and says that it is none', () => {
    const bytes = Buffer.from(tokens(1).write(id, random(1)), 'base64url');
    expect(bytes).toHaveLength(368);
    expect([...bytes.subarray(0, 3)]).toEqual([1, 0x0a, 64]);
    expect(bytes.subarray(3, 67).toString()).toMatch(/^[0-9a-f]{64}$/);
    expect([...bytes.subarray(67, 70)]).toEqual([0x22, 0x88, 0x02]);
    expect(bytes.subarray(70, 87).toString()).toBe('kmsim grant token');
    expect([...bytes.subarray(334, 336)]).toEqual([0x2a, 32]);
    expect(bytes.subarray(336).toString('hex')).toBe(id);
  });

  test('altered in any one character stands for nothing', () => {
    const token = tokens(1).write(id, random(1));
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === 'A' ? 'B' : 'A';
      expect(tokens(1).read(token.slice(0, at) + other + token.slice(at + 1))).toBeUndefined();
    }
  });

  test.each([
    '',
    'x',
    'A'.repeat(491),
    'A'.repeat(8192),
    `${tokens(1).write(id, random(1))}=`,
    tokens(1).write(id, random(1)).slice(0, -1),
    Buffer.from(tokens(1).write(id, random(0xfb)), 'base64url').toString('base64'),
  ])('%s is none', (text) => {
    expect(tokens(1).read(text)).toBeUndefined();
  });

  test('goes on to be good after a snapshot', () => {
    const engine = new TestEngine();
    const { GrantId, GrantToken } = grantOn(engine, engine.createKey().KeyId);
    expect(new TestEngine({ snapshot: engine.snapshot() }).kms.grantTokens.read(GrantToken)).toBe(GrantId);
  });
});
