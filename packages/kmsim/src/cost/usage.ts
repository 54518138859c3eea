// What is to be paid for: the months of keys, requests by class, and hours of HSMs, each with its month, account and key.

import { type CloudTrailRecord, parseArn, partitionOf } from '@kmsim/kms';
import type { Run } from '../analysis/inventory.ts';
import { KeyHistories, type KeyHistory } from '../analysis/key-history.ts';
import { isWithin, monthOf, monthsBetween, type Window } from '../analysis/months.ts';
import { calledIn, instantOfEvent, isCopyOfOwner, isThrottled, keysOf, payerOf } from '../analysis/trail-event.ts';
import { type PricedItem, paidRotations } from './prices.ts';
import { type Asked, askedIn, classOf } from './request-class.ts';

/** So much of an item, for one key in one month. */
export interface Use {
  readonly month: string;
  readonly account: string;
  readonly partition: string;
  readonly item: PricedItem;
  /** ARN of the key; undefined for what is about none. */
  readonly key: string | undefined;
  readonly quantity: number;
}

interface Requests {
  readonly month: string;
  readonly account: string;
  readonly region: string;
  readonly keys: readonly string[];
  readonly asked: Asked;
  count: number;
}

export interface Usage {
  readonly uses: readonly Use[];
  readonly keys: readonly KeyHistory[];
  /** Ids of the CloudHSM clusters that the trail names, with the first instant. */
  readonly clusters: ReadonlyMap<string, { readonly at: number; readonly account: string }>;
}

/** One pass over the trail. */
export function usageOf({ events, inventory }: Run, window: Window): Usage {
  const histories = new KeyHistories();
  const requests = new Map<string, Requests>();
  const clusters = new Map<string, { at: number; account: string }>();
  for (const event of events) {
    histories.note(event);
    noteCluster(clusters, event);
    noteRequest(requests, event, window);
  }
  const keys = histories.close(inventory);
  const specs = new Map(keys.map(({ arn, spec }) => [arn, spec]));
  const uses = [...keys.flatMap((key) => storageOf(key, window)), ...[...requests.values()].map(useOf(specs))];
  return { uses, keys, clusters };
}

function noteRequest(requests: Map<string, Requests>, event: CloudTrailRecord, window: Window): void {
  const operation = calledIn(event);
  if (operation === undefined || isThrottled(event) || isCopyOfOwner(event)) return;
  const at = instantOfEvent(event);
  if (!isWithin(at, window)) return;
  const [account, month, keys, asked] = [payerOf(event), monthOf(at), keysOf(event), askedIn(operation, event)];
  const name = [month, account, event.awsRegion, operation, asked.pairSpec, asked.algorithm, ...keys].join(' ');
  const known = requests.get(name);
  if (known !== undefined) known.count++;
  else requests.set(name, { month, account, region: event.awsRegion, keys, asked, count: 1 });
}

function useOf(specs: ReadonlyMap<string, string | undefined>): (requests: Requests) => Use {
  return ({ account, asked, count, keys, month, region }) => ({
    month,
    account,
    partition: partitionOf(region),
    item: classOf(
      asked,
      keys.map((key) => specs.get(key)),
    ),
    key: keys.at(-1),
    quantity: count,
  });
}

/** A key costs from its creation on, its rotated material from the rotation on, neither while it waits for its deletion. */
function storageOf(key: KeyHistory, { from, until }: Window): readonly Use[] {
  const { arn, createdAt, deletedAt, isCustomerManaged, rotations, waiting } = key;
  const name = parseArn(arn);
  if (!isCustomerManaged || createdAt === undefined || name === undefined) return [];
  const end = Math.min(until, deletedAt ?? until, waiting?.from ?? until);
  const { account, partition } = name;
  const stored = (item: PricedItem, since: number): readonly Use[] =>
    monthsBetween(Math.max(from, since), end).map(({ hours, month }) => {
      return { month: month.name, account, partition, item, key: arn, quantity: hours / month.hours };
    });
  const paid = [...rotations].sort((a, b) => a - b).slice(0, paidRotations);
  return [...stored('key', createdAt), ...paid.flatMap((at) => stored('rotation', at))];
}

function noteCluster(clusters: Map<string, { at: number; account: string }>, event: CloudTrailRecord): void {
  const id = event.additionalEventData?.['clusterId'];
  if (typeof id !== 'string' || clusters.has(id)) return;
  clusters.set(id, { at: instantOfEvent(event), account: event.recipientAccountId });
}
