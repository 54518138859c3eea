// The calls of a CloudTrail log, judged again under other policies.

import { KmsimError } from '../kmsim-error.ts';
import { eventOf, type KmsEvent } from './event.ts';
import { InOrder } from './in-order.ts';
import { KeyEvidence } from './key-evidence.ts';
import { type CloudTrailReplayOptions, givenKeys, type ReplayProgress } from './options.ts';
import { Replayer } from './replayer.ts';
import { type CloudTrailReport, instant } from './report.ts';
import { ReplayWorld } from './world.ts';

/** Records, each an object or its JSON text. A function is called twice, so that a long log need not be kept. */
export type CloudTrailSource =
  | Iterable<unknown>
  | AsyncIterable<unknown>
  | (() => Iterable<unknown> | AsyncIterable<unknown>);

/** Every that many records somebody may want to know. */
const step = 4096;

/**
 * Judges every KMS event of a log anew, under the key policies, grants and identity policies that are given, and tells where the outcome
 * would be another one. The world around follows the log.
 */
export async function replayCloudTrail(
  records: CloudTrailSource,
  options: CloudTrailReplayOptions = {},
): Promise<CloudTrailReport> {
  const given = givenKeys(options);
  const { onProgress } = options;
  const source = again(records);
  const evidence = new KeyEvidence();
  const counts = { records: 0, others: 0, unreadable: 0 };
  for await (const record of source()) {
    counts.records += 1;
    const event = eventOf(record);
    if (event === 'another service') counts.others += 1;
    else if (event === 'unreadable') counts.unreadable += 1;
    else evidence.note(event);
    tell(onProgress, 'reading', counts.records);
  }
  const world = new ReplayWorld(evidence, given, options);
  try {
    const replayer = new Replayer(world);
    await replayAll(source, replayer, onProgress);
    return reportOf(counts, evidence, world, replayer);
  } finally {
    world.sim.close();
  }
}

async function replayAll(
  source: () => Iterable<unknown> | AsyncIterable<unknown>,
  replayer: Replayer,
  onProgress: CloudTrailReplayOptions['onProgress'],
): Promise<void> {
  const ordered = new InOrder();
  const play = (events: readonly KmsEvent[]): void => {
    for (const event of events) replayer.replay(event);
  };
  let records = 0;
  for await (const record of source()) {
    records += 1;
    const event = eventOf(record);
    if (typeof event === 'object') play(ordered.push(event));
    tell(onProgress, 'replaying', records);
  }
  play(ordered.end());
}

function reportOf(
  { others, records, unreadable }: { readonly records: number; readonly others: number; readonly unreadable: number },
  { events, first, last }: KeyEvidence,
  world: ReplayWorld,
  replayer: Replayer,
): CloudTrailReport {
  const { differences, gaps, identities, keyPolicies, notJudged, policiesKept, uncertain } = replayer;
  return {
    records,
    from: first === undefined ? undefined : instant(first),
    to: first === undefined ? undefined : instant(last),
    events: {
      kms: events,
      ofOtherServices: others,
      unreadable,
      ofTheService: replayer.ofService,
      copies: replayer.copies,
      same: replayer.same,
      different: differences.events,
      uncertain: uncertain.events,
      notJudged: notJudged.total,
    },
    differences: differences.list(),
    uncertain: uncertain.list(),
    notJudged: notJudged.list(),
    gaps: gaps.list(),
    assumed: { keyPolicies: keyPolicies.list(), identities: identities.list(), endpoints: world.assumedEndpoints },
    policiesKept: policiesKept.list(),
    unused: world.unused(),
    outOfOrder: replayer.outOfOrder,
  };
}

// What can be gone through only once is kept.
function again(records: CloudTrailSource): () => Iterable<unknown> | AsyncIterable<unknown> {
  if (typeof records === 'function') return records;
  if (typeof records === 'object' && records !== null && Symbol.iterator in records) {
    const isOnce = (records[Symbol.iterator]() as unknown) === records;
    const all = isOnce ? [...records] : records;
    return () => all;
  }
  if (typeof records === 'object' && records !== null && Symbol.asyncIterator in records) return keeping(records);
  throw new KmsimError('InvalidOption', 'replayCloudTrail takes records: a list, an iterable, or a function of one.');
}

function keeping(records: AsyncIterable<unknown>): () => Iterable<unknown> | AsyncIterable<unknown> {
  const kept: unknown[] = [];
  let isRead = false;
  const first = async function* (): AsyncIterable<unknown> {
    for await (const record of records) {
      kept.push(record);
      yield record;
    }
    isRead = true;
  };
  return () => (isRead ? kept : first());
}

function tell(
  onProgress: CloudTrailReplayOptions['onProgress'],
  phase: ReplayProgress['phase'],
  records: number,
): void {
  if (records % step === 0) onProgress?.({ phase, records });
}
