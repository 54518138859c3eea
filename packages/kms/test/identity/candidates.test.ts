// Whom a question about a key can be about.

import { expect, test } from 'vitest';
import { candidates } from '../../src/identity/candidates.ts';
import { admin, everything, ours, policyText, TestEngine, theirs } from '../engine.ts';

test('the root user, the identities, and whom the key policy names; each once', () => {
  const engine = new TestEngine();
  const app = `arn:aws:iam::${ours}:role/team/App`;
  engine.attach(app, everything);
  const AWS = [admin.principal.arn, theirs, ours, app, `arn:aws:sts::${ours}:assumed-role/App/s`, '*'];
  const Principal = { AWS, Service: 'logs.amazonaws.com' };
  const { Arn = '' } = engine.createKey({ Policy: policyText({ ...everything, Principal }) });
  const key = engine.kms.state.get('keys', Arn);
  if (key === undefined) throw new Error('no key');
  const found = candidates(engine.kms, key).map(({ arn }) => arn);
  expect(new Set(found).size).toBe(found.length);
  expect(found).toEqual(
    expect.arrayContaining([
      `arn:aws:iam::${ours}:root`,
      admin.principal.arn,
      app,
      `arn:aws:iam::${theirs}:root`,
      `arn:aws:sts::${ours}:assumed-role/App/s`,
      'logs.amazonaws.com',
    ]),
  );
});

test('nobody of another partition, whose accounts are unknown here', () => {
  const engine = new TestEngine();
  engine.attach(`arn:aws-cn:iam::${ours}:role/App`, everything);
  const { Arn = '' } = engine.createKey();
  const key = engine.kms.state.get('keys', Arn);
  expect(key && candidates(engine.kms, key).every(({ partition }) => partition === 'aws')).toBe(true);
});

test('who has a grant, also without an identity of its own', () => {
  const engine = new TestEngine();
  const { Arn = '' } = engine.createKey();
  const GranteePrincipal = `arn:aws:iam::${theirs}:role/Worker`;
  const { GrantId = '' } = engine.call('CreateGrant', { KeyId: Arn, GranteePrincipal, Operations: ['Decrypt'] });
  const named = (): boolean => {
    const key = engine.kms.state.get('keys', Arn);
    return key !== undefined && candidates(engine.kms, key).some(({ arn }) => arn === GranteePrincipal);
  };
  expect(named()).toBe(true);
  engine.call('RevokeGrant', { KeyId: Arn, GrantId });
  expect(named()).toBe(false);
});
