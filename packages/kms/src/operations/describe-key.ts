// DescribeKey: https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html

import { enterKey } from '../enter.ts';
import { storeOf } from '../key-stores/stores.ts';
import type { Operation } from '../operation.ts';
import { describe } from '../state/metadata.ts';
import type { KeyRecord } from '../state/records.ts';

export const describeKey: Operation<'DescribeKey', KeyRecord> = {
  enter: enterKey,
  run: (call, key) => ({ KeyMetadata: describe(key, call.now, storeOf(call, key)) }),
};
