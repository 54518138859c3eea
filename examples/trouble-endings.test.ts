import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

const policy = (Effect: 'Allow' | 'Deny', Action: string) => ({
  Version: '2012-10-17',
  Statement: { Effect, Action, Resource: '*' },
});
const arn = (name: string, account = '000000000000') => `arn:aws:iam::${account}:role/${name}`;

test('the end of the message says where to look', async () => {
  const use = policy('Allow', 'kms:*');
  const sim = createKmsim({
    seed: 'endings',
    identities: [
      { arn: arn('App'), policies: { use } },
      { arn: arn('Bounded'), policies: { use }, boundary: policy('Allow', 's3:*') },
      { arn: arn('Partner', '111122223333'), policies: { use } },
    ],
  });
  const kms = sim.as();
  const { KeyMetadata: open } = await kms.createKey();
  const Statement = { Effect: 'Allow', Principal: { AWS: sim.caller().principal.arn }, Action: 'kms:*', Resource: '*' };
  const { KeyMetadata: closed } = await kms.createKey({ Policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
  const KeyId = open?.Arn ?? '';
  const session = { name: 'nightly', policies: { s3: policy('Allow', 's3:*') } };

  const symptoms = [
    await sim.as(arn('Nobody')).describeKey({ KeyId }).catch(String),
    await sim
      .as(arn('App'))
      .describeKey({ KeyId: closed?.Arn ?? '' })
      .catch(String),
    await sim.as(arn('Bounded')).describeKey({ KeyId }).catch(String),
    await sim.as(arn('App'), { session }).describeKey({ KeyId }).catch(String),
    await sim.as(arn('Partner', '111122223333')).describeKey({ KeyId }).catch(String),
  ];
  const units = { 'ou-ab12-prod': { accounts: ['000000000000'], scps: { Freeze: policy('Deny', 'kms:DescribeKey') } } };
  sim.organization.put({ id: 'o-exampleorgid', units });
  symptoms.push(await sim.as(arn('App')).describeKey({ KeyId }).catch(String));
  await expect(`${symptoms.join('\n\n')}\n`).toMatchFileSnapshot('trouble-endings.txt');
});
