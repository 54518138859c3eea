// What is reviewed: the events, what there is, and the policies of keys and identities, read once.

import { type ParsedPolicy, type Policy, parsePolicy, parsePrincipal } from '@kmsim/authz';
import { type CloudTrailRecord, type IdentityRecord, parseArn } from '@kmsim/kms';
import type { Inventory, Run } from '../analysis/inventory.ts';
import { instantOfEvent, keysOf, parameterOf, succeeded } from '../analysis/trail-event.ts';
import { administratorArn, administratorPolicy } from '../options.ts';

export interface KeyPolicy {
  readonly key: string;
  readonly account: string;
  readonly policy: Policy;
}

export interface IdentityPolicy {
  readonly identity: string;
  readonly name: string;
  readonly policy: Policy;
}

export interface Subject {
  readonly events: readonly CloudTrailRecord[];
  readonly inventory: Inventory;
  /** The end of what is reviewed: milliseconds since the epoch. */
  readonly now: number;
  /** Of customer managed keys; of those that are not in the inventory as the trail tells. */
  readonly keyPolicies: readonly KeyPolicy[];
  readonly identityPolicies: readonly IdentityPolicy[];
  /** The administrators that the simulation itself made: what they do and may do is nobody's mistake. */
  readonly own: ReadonlySet<string>;
}

export function subjectOf({ events, inventory }: Run): Subject {
  const all = [...events];
  const own = new Set(inventory.identities.filter(isOwn).map(({ arn }) => arn));
  const last = all.at(-1);
  const now = Math.max(inventory.now, last === undefined ? 0 : instantOfEvent(last));
  return {
    events: all,
    inventory,
    now,
    keyPolicies: keyPoliciesOf(all, inventory),
    own,
    identityPolicies: inventory.identities.flatMap(({ arn, policies }) =>
      (own.has(arn) ? [] : policies).flatMap(({ name, text }) =>
        read(parsePolicy(text, 'identity policy')).map((policy) => ({ identity: arn, name, policy })),
      ),
    ),
  };
}

const ownPolicy = JSON.stringify(administratorPolicy);

function isOwn({ arn, policies }: IdentityRecord): boolean {
  const { account = '', partition = '' } = parsePrincipal(arn) ?? {};
  return arn === administratorArn(account, partition) && policies.every(({ text }) => text === ownPolicy);
}

function keyPoliciesOf(events: readonly CloudTrailRecord[], { keys }: Inventory): readonly KeyPolicy[] {
  const texts = new Map<string, string>();
  for (const event of events) {
    const [key] = keysOf(event);
    const text =
      event.eventName === 'PutKeyPolicy' || event.eventName === 'CreateKey' ? parameterOf(event, 'policy') : undefined;
    if (key !== undefined && text !== undefined && succeeded(event)) texts.set(key, text);
    if (key !== undefined && event.eventName === 'DeleteKey') texts.delete(key);
  }
  for (const { arn, manager, policy } of keys) {
    if (manager === 'CUSTOMER') texts.set(arn, policy);
    else texts.delete(arn);
  }
  return [...texts].flatMap(([key, text]) =>
    read(parsePolicy(text, 'key policy')).map((policy) => ({ key, account: parseArn(key)?.account ?? '', policy })),
  );
}

function read(parsed: ParsedPolicy): readonly Policy[] {
  return parsed.ok ? [parsed.policy] : [];
}
