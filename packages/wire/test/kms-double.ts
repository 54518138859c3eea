// A hand-made KMS for the doors: it answers what a test tells it to, and keeps every visit.

import type { Caller, Visit } from '@kmsim/kms';
import type { Service } from '../src/aws-json.ts';

export const alice: Caller = {
  principal: {
    kind: 'user',
    arn: 'arn:aws:iam::000000000000:user/alice',
    account: '000000000000',
    partition: 'aws',
  },
  region: 'eu-west-1',
};

export class KmsDouble implements Service {
  readonly visits: Visit[] = [];
  /** What dispatch does next. */
  respond: (visit: Visit) => object | Promise<object> = () => ({});
  /** How many ids were drawn for what never became a visit. */
  refusals = 0;

  dispatch(visit: Visit): object | Promise<object> {
    this.visits.push(visit);
    return this.respond(visit);
  }

  requestId(visit: Visit): string {
    return `visit-${this.visits.indexOf(visit) + 1}`;
  }

  refuse(): string {
    this.refusals += 1;
    return `refused-${this.refusals}`;
  }
}
