// Asking on behalf of the account that a key belongs to.

import type { WireReply } from '../../target.ts';
import type { Json } from '../../transcript.ts';
import { isRecord } from '../../values.ts';
import type { KnownKey } from '../memory.ts';
import type { Home } from '../plan.ts';
import type { Run } from '../run.ts';

/** Undefined when the target cannot do it. */
export type Ask = (operation: string, input?: Readonly<Record<string, Json>>) => Promise<WireReply | undefined>;

/** An administrator of an account, in a Region. */
export function administratorOf(run: Run, { account, region }: Home): Ask {
  const { principals = [], ...target } = run.target;
  const own = principals.find(({ arn, may }) => may === 'everything' && arn.split(':')[4] === account);
  return asking(run, region, account === target.account ? target.callerArn : own?.arn);
}

export function asking(run: Run, region: string, arn: string | undefined): Ask {
  const as = arn === undefined || arn === run.target.callerArn ? {} : { as: arn };
  return (operation, input = {}) => run.ask({ operation, region, ...as }, input);
}

/** The target's own account in the first Region. */
export function home(run: Run): Home {
  return { account: run.target.account, region: run.memory.regions[0] as string };
}

/** A member of an answer, by its path; undefined of a refusal. */
export function answered(reply: WireReply | undefined, ...path: readonly string[]): unknown {
  if (reply?.status !== 200) return undefined;
  return path.reduce<unknown>((value, member) => (isRecord(value) ? value[member] : undefined), reply.body);
}

/** A fresh key of the target's own account; the text of its id. */
export async function freshKey(ask: Ask, input: Readonly<Record<string, Json>> = {}): Promise<string> {
  return String(answered(await ask('CreateKey', input), 'KeyMetadata', 'KeyId'));
}

/** A key policy that leaves everything to the account. */
function delegation(account: string): Json {
  const everything = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
  return { $jsonText: { Version: '2012-10-17', Statement: [everything] } };
}

/** Makes the key one that its account may use again, whatever became of it; false where nobody can. */
export async function revive(run: Run, key: KnownKey): Promise<boolean> {
  const ask = administratorOf(run, key);
  const KeyId: Json = key.arn;
  await ask('PutKeyPolicy', { KeyId, Policy: delegation(key.account) });
  const state = answered(await ask('DescribeKey', { KeyId }), 'KeyMetadata', 'KeyState');
  if (state === 'PendingDeletion') await ask('CancelKeyDeletion', { KeyId });
  if (state !== 'Enabled') await ask('EnableKey', { KeyId });
  return answered(await ask('DescribeKey', { KeyId }), 'KeyMetadata', 'KeyState') === 'Enabled';
}
