// The calls of a CloudTrail log, judged again under other policies.

import { eventOf, type KmsEvent } from './event.ts';
import { InOrder } from './in-order.ts';
import { KeyEvidence } from './key-evidence.ts';
import { type CloudTrailReplayOptions, givenKeys, type ReplayProgress } from './options.ts';
import { Replayer } from './replayer.ts';
import { type CloudTrailReport, instant } from './report.ts';
import { cloudTrailText } from './report-text.ts';
import { SeenEvents } from './seen-events.ts';
import { again, type CloudTrailSource } from './source.ts';
import { ReplayWorld } from './world.ts';

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
  const counts = { records: 0, others: 0, unreadable: 0, repeated: 0 };
  const seen = new SeenEvents();
  for await (const record of source()) {
    counts.records += 1;
    const event = eventOf(record);
    if (event === 'another service') counts.others += 1;
    else if (event === 'unreadable') counts.unreadable += 1;
    else if (seen.isRepeated(event.id)) counts.repeated += 1;
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
  // What was left out the first time is left out again.
  const seen = new SeenEvents();
  const play = (events: readonly KmsEvent[]): void => {
    for (const event of events) replayer.replay(event);
  };
  let records = 0;
  for await (const record of source()) {
    records += 1;
    const event = eventOf(record);
    if (typeof event === 'object' && !seen.isRepeated(event.id)) play(ordered.push(event));
    tell(onProgress, 'replaying', records);
  }
  play(ordered.end());
}

function reportOf(
  counts: Readonly<Record<'others' | 'records' | 'repeated' | 'unreadable', number>>,
  { events, first, last }: KeyEvidence,
  world: ReplayWorld,
  replayer: Replayer,
): CloudTrailReport {
  const { differences, gaps, identities, keyPolicies, notJudged, policiesKept, uncertain } = replayer;
  const { others, records, repeated, unreadable } = counts;
  const report: CloudTrailReport = {
    records,
    from: first === undefined ? undefined : instant(first),
    to: first === undefined ? undefined : instant(last),
    events: {
      kms: events,
      ofOtherServices: others,
      unreadable,
      repeated,
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
    meant: world.meant(),
    outOfOrder: replayer.outOfOrder,
  };
  // Not enumerable: the report is data.
  return Object.defineProperty(report, 'toString', { value: () => cloudTrailText(report) });
}

function tell(
  onProgress: CloudTrailReplayOptions['onProgress'],
  phase: ReplayProgress['phase'],
  records: number,
): void {
  if (records % step === 0) onProgress?.({ phase, records });
}
