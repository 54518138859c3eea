// A world in which Orders may encrypt with one key, and several things stand in the way of more.

import { createKmsim, type Kmsim } from '../../src/index.ts';

export const account = '000000000000';
export const orders = `arn:aws:iam::${account}:role/Orders`;
export const stranger = `arn:aws:iam::${account}:role/Stranger`;

export interface DeniedWorld {
  readonly sim: Kmsim;
  readonly keyId: string;
  readonly arn: string;
}

export async function deniedWorld(): Promise<DeniedWorld> {
  const sim = createKmsim({
    seed: 'matchers',
    identities: [
      { arn: orders, policies: { work: { Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } } } },
      { arn: stranger },
    ],
  });
  const Statement = [
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' },
    {
      Sid: 'NobodyDeletes',
      Effect: 'Deny',
      Principal: { AWS: orders },
      Action: 'kms:ScheduleKeyDeletion',
      Resource: '*',
    },
  ];
  const { KeyMetadata } = await sim.as().createKey({ Policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
  const [keyId, arn] = [KeyMetadata?.KeyId ?? '', KeyMetadata?.Arn ?? ''];
  await sim.as().createAlias({ AliasName: 'alias/orders', TargetKeyId: keyId });
  return { sim, keyId, arn };
}

export async function failed(call: Promise<unknown>): Promise<void> {
  await call.then(
    () => {
      throw new Error('the call was expected to fail');
    },
    () => undefined,
  );
}
