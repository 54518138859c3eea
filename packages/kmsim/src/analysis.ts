// What a simulation says of its run, from the trail and from what there is: metrics, alarms, cost, review.

import type { Kms } from '@kmsim/kms';
import type { AlarmFinding, AlarmRule } from './alarms/alarm-rule.ts';
import { findingsIn } from './alarms/alarms.ts';
import { inventoryOf, type Run } from './analysis/inventory.ts';
import { costOf } from './cost/cost.ts';
import type { CostOptions } from './cost/cost-options.ts';
import type { CostReport } from './cost/cost-report.ts';
import { KmsimError } from './kmsim-error.ts';
import { type Metrics, type MetricsOptions, metricsOf } from './metrics/metrics.ts';
import { type Review, type ReviewOptions, reviewOf } from './review/review.ts';

export abstract class Analysis {
  abstract readonly account: string;

  /** The engine, done with what was due. */
  protected abstract upToDate(): Kms;

  /** What CloudWatch would show: usage of quotas, requests by key, errors, throttles, imported material that expires. */
  metrics(options: MetricsOptions = {}): Metrics {
    return metricsOf(this.#run('metrics'), options);
  }

  /** What the rules of alarms find in the trail: those that people write for KMS, or your own, made with `alarms.when()`. */
  alarms(rules?: readonly AlarmRule[]): readonly AlarmFinding[] {
    return findingsIn(this.#run('alarms').events, rules);
  }

  /** What this run would cost on AWS, by month: `console.log(`${sim.cost()}`)`. */
  cost(options: CostOptions = {}): CostReport {
    return costOf(this.#run(), this.account, options);
  }

  /** What a security reviewer would say of keys, policies, grants and what was done with them. */
  review(options: ReviewOptions = {}): Review {
    return reviewOf(this.#run(), options);
  }

  // Metrics and alarms are of nothing else than calls; without a trail their answer would be a lie.
  #run(needed?: 'alarms' | 'metrics'): Run {
    const kms = this.upToDate();
    const { trail } = kms;
    if (trail === undefined && needed !== undefined)
      throw new KmsimError('NoTrail', `This simulation keeps no trail, and ${needed} come from it.`);
    const events = trail?.records() ?? [];
    return { events, inventory: inventoryOf(kms), dropped: trail === undefined ? 'all' : trail.dropped };
  }
}
