import { readFileSync } from 'node:fs';
import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

const role = (name: string) => `arn:aws:iam::000000000000:role/${name}`;
const Policy = readFileSync(new URL('./orders-key-policy.json', import.meta.url), 'utf8');

test('two roles can decrypt, and nobody else', async () => {
  const sim = createKmsim({ seed: 'who-can' });
  sim.identities.put({
    arn: role('KeyAdmin'),
    policies: { create: { Statement: { Effect: 'Allow', Action: 'kms:CreateKey', Resource: '*' } } },
  });
  const { KeyMetadata } = await sim.as(role('KeyAdmin')).createKey({ Policy });
  const answer = sim.whoCan('Decrypt', KeyMetadata?.Arn ?? '');
  expect(answer.principals.map(({ principal }) => principal)).toEqual([role('Orders'), role('Archive')]);
  expect(`${answer}`).toMatch(/when StringEquals of kms:ViaService: s3\.us-east-1\.amazonaws\.com/);
  expect(`${answer}`).toMatch(/not when Null of kms:EncryptionContext:tenant: true/);
});
