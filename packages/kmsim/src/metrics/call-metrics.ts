// The metrics that count calls, one row each.

import { type CloudTrailRecord, type OperationName, operationRows, parseArn } from '@kmsim/kms';
import { isCopyOfOwner, isThrottled, keysOf, payerOf, succeeded } from '../analysis/trail-event.ts';
import { dimensions, type MetricData, type MetricDimension, type MetricName } from './metric-data.ts';
import { quotaResourceOf } from './quota-resource.ts';

/** A call, with the specs of the keys that are known. */
export interface Counted {
  readonly event: CloudTrailRecord;
  readonly operation: OperationName;
  readonly specOf: (key: string) => string | undefined;
}

interface CallMetric {
  readonly namespace: string;
  readonly name: string;
  readonly unit: MetricData['Unit'];
  /** The dimensions of each count that a call makes: none, where it makes none. */
  readonly counts: (call: Counted) => readonly (readonly MetricDimension[])[];
}

export const callMetrics: readonly CallMetric[] = [
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Usage-Metrics.html (no unit; Sum). A throttled call was not performed.
  {
    namespace: 'AWS/Usage',
    name: 'CallCount',
    unit: 'None',
    counts: ({ event, operation, specOf }) => {
      if (isThrottled(event)) return [];
      const [key = ''] = keysOf(event);
      const Resource = quotaResourceOf(operation, event, specOf(key));
      return [dimensions({ Class: 'None', Resource, Service: 'KMS', Type: 'API' })];
    },
  },
  // https://aws.amazon.com/blogs/security/aws-kms-cloudwatch-metrics-help-you-better-track-and-understand-how-your-kms-keys-are-being-used
  {
    namespace: 'AWS/KMS',
    name: 'SuccessfulRequest',
    unit: 'Count',
    counts: ({ event, operation }) => {
      if (!succeeded(event) || !operationRows[operation].cryptographic) return [];
      return keysOf(event).map((KeyArn) => dimensions({ KeyArn, Operation: operation }));
    },
  },
  // KMS has no metrics of these: people make them from the trail with metric filters.
  {
    namespace: 'kmsim',
    name: 'Errors',
    unit: 'Count',
    counts: ({ event, operation }) =>
      event.errorCode === undefined || isThrottled(event)
        ? []
        : [dimensions({ ErrorCode: event.errorCode, Operation: operation })],
  },
  {
    namespace: 'kmsim',
    name: 'Throttles',
    unit: 'Count',
    counts: ({ event, operation }) => (isThrottled(event) ? [dimensions({ Operation: operation })] : []),
  },
];

/** What a call counts for. */
export function countsOf(call: Counted): readonly MetricName[] {
  const { event } = call;
  if (isCopyOfOwner(event)) return [];
  return callMetrics.flatMap(({ counts, name, namespace, unit }) =>
    counts(call).map((Dimensions) => ({
      Namespace: namespace,
      MetricName: name,
      Dimensions,
      Stat: 'Sum' as const,
      Unit: unit,
      AccountId: accountOf(Dimensions, event),
      Region: event.awsRegion,
    })),
  );
}

// What is about a key belongs to its owner; what counts for a quota to the caller.
function accountOf(Dimensions: readonly MetricDimension[], event: CloudTrailRecord): string {
  const key = Dimensions.find(({ Name }) => Name === 'KeyArn')?.Value;
  return (key && parseArn(key)?.account) ?? payerOf(event);
}
