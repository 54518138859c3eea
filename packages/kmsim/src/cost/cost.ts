// sim.cost(): what a run would cost on AWS, from its trail and its keys.

import type { Run } from '../analysis/inventory.ts';
import type { Window } from '../analysis/months.ts';
import { monthsBetween } from '../analysis/months.ts';
import { instantOfEvent } from '../analysis/trail-event.ts';
import { notesOnTrail } from '../analysis/trail-notes.ts';
import { instantOf } from '../sim-clock.ts';
import { type ClusterUse, type CostOptions, type CostQuestion, costQuestion } from './cost-options.ts';
import { CostReport } from './cost-report.ts';
import { rowOf } from './prices.ts';
import { cacheResults } from './savings.ts';
import { type Usage, type Use, usageOf } from './usage.ts';

export function costOf(run: Run, account: string, options: CostOptions = {}): CostReport {
  const events = [...run.events];
  const [first] = events;
  const question = costQuestion(options, run.inventory, first && instantOfEvent(first));
  const { clusters = clustersIn, limits, window } = question;
  const usage = usageOf({ ...run, events }, window);
  const hsms = typeof clusters === 'function' ? clusters(usage) : clusters;
  const uses = [...usage.uses, ...hsms.flatMap((cluster) => hoursOf(cluster, account, window))];
  const caches = cacheResults(events, window, limits);
  const assumed = clusters === clustersIn ? hsms : [];
  return new CostReport(question, {
    uses,
    keys: usage.keys,
    caches,
    notes: [...notesOnTrail(run, 'counted'), ...notesOn(uses, question, assumed)],
  });
}

/** An active custom key store needs two HSMs: https://docs.aws.amazon.com/kms/latest/developerguide/create-keystore.html */
function clustersIn({ clusters }: Usage): readonly ClusterUse[] {
  return [...clusters].map(([id, { account, at }]) => ({ id, account, hsms: 2, from: at }));
}

function hoursOf(cluster: ClusterUse, payer: string, window: Window): readonly Use[] {
  const { account = payer, hsms } = cluster;
  const from = Math.max(window.from, cluster.from === undefined ? window.from : instantOf(cluster.from));
  const until = Math.min(window.until, cluster.until === undefined ? window.until : instantOf(cluster.until));
  return monthsBetween(from, until).map(({ hours, month }) => {
    return { month: month.name, account, partition: 'aws', item: 'hsm', key: undefined, quantity: hours * hsms };
  });
}

function notesOn(uses: readonly Use[], { lists }: CostQuestion, assumed: readonly ClusterUse[]): readonly string[] {
  const paid = new Map(uses.map(({ item, partition }) => [`${partition} ${item}`, { item, partition }]));
  const prices = [...paid.values()].flatMap(({ item, partition }) => {
    const price = lists(partition).prices[item];
    if (price === undefined) return [`no price is known for ${rowOf(item).label} in ${partition}`];
    return price.verified ? [] : [`the price for ${price.label} could not be verified (${price.source})`];
  });
  return [...prices, ...assumed.map(({ id }) => `${id} was counted with two HSMs`)];
}
