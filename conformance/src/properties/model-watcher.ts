// The reference model as a watcher: what it predicted before must be what the target answered.

import { formOf, isLeaf, KmsModel, type Prediction } from '../model/index.ts';
import type { Target } from '../target.ts';
import { outcomeOf, type Wanted, type Watcher } from './run.ts';
import type { Tally } from './tally.ts';

export interface ModelWatching {
  /** The target remembers other runs, or other people use it: lists may show more. */
  readonly shared?: boolean;
  readonly tally?: Tally;
}

// A clock that runs: as long as a run may take.
const liveToleranceMs = 3_600_000;

export function watchWithModel(
  target: Target,
  { shared = false, tally }: ModelWatching = {},
): Watcher & { readonly model: KmsModel } {
  const { callerArn, clockStandsStill, principals = [] } = target;
  const model = new KmsModel({ callerArn, principals, shared, tolerance: clockStandsStill ? 0 : liveToleranceMs });
  let prediction: Prediction | undefined;
  return {
    model,
    before: (request) => {
      prediction = model.predict(request);
    },
    after: ({ reply, request }) => {
      const { operation } = request;
      tally?.count({ operation, keyState: prediction?.keyState ?? 'none', outcome: outcomeOf(reply) });
      return prediction?.judge(reply);
    },
    wanted: () => wantedOf(prediction),
    waited: (milliseconds) => model.advance(milliseconds),
    due: (arn) => {
      const key = [...model.state.keys].find((one) => one.arn === arn);
      const instant = key?.deletesAt ?? key?.rotation?.next[0];
      return instant === undefined ? undefined : instant - model.state.now;
    },
  };
}

// A transcript has one answer: the likeliest of those that would have been right.
function wantedOf(prediction: Prediction | undefined): Wanted {
  const [first] = prediction?.expected ?? [];
  if (first === undefined) return {};
  if ('output' in first) {
    const output = formOf(first.output);
    return { output, ...(!isLeaf(first.output) && { additionalFields: false }) };
  }
  const { code, message } = first;
  if (message === undefined || message instanceof RegExp) return { error: { code, status: 400 } };
  return { error: { code, status: 400, message: message ?? { $absent: true } } };
}
