// What others do in CloudHSM clusters goes into a trace with inputs: as the cluster that came of it, before the next thing that KMS does.

import type { Engine } from '../engine.ts';
import type { Instant } from '../state/records.ts';
import type { KeptCluster } from './clusters.ts';

type Noting = Pick<Engine, 'clusters' | 'tracer' | 'world'>;

export function noteClusters(kms: Noting, at: Instant): void {
  if (!isNoted(kms)) return;
  for (const cluster of kms.clusters.changed(kms.world)) kms.tracer?.cluster(at, cluster);
  kms.clusters.settle(kms.world);
}

/** Brings the clusters up to an instant. */
export function advanceClusters(kms: Noting, now: Instant): void {
  if (kms.clusters.size === 0) return;
  noteClusters(kms, now);
  kms.clusters.advance(now);
  settleClusters(kms);
}

/** What KMS did itself comes again by itself. */
export function settleClusters(kms: Noting): void {
  if (isNoted(kms)) kms.clusters.settle(kms.world);
}

/** Puts back what a trace has; false when it was sealed for another world. */
export function repeatCluster(kms: Noting, at: Instant, cluster: KeptCluster): boolean {
  if (!kms.clusters.restore(kms.world, [cluster])) return false;
  kms.tracer?.cluster(at, cluster);
  settleClusters(kms);
  return true;
}

function isNoted({ clusters, tracer }: Noting): boolean {
  return clusters.size > 0 && tracer?.hasInputs === true;
}
