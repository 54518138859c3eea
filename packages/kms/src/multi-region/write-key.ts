// Writing a key record. What related keys share and has changed is told to them, whatever changed it.

import { changed, restated } from '@kmsim/multi-region';
import type { Engine } from '../engine.ts';
import type { Instant, KeyRecord } from '../state/records.ts';
import { type Desk, post } from './post.ts';
import { isMultiRegion, isReplica, told, toRelated, withRelated } from './related.ts';

export function writeKey(kms: Engine, desk: Desk, key: KeyRecord, at: Instant): void {
  const before = isMultiRegion(key) ? desk.get('keys', key.arn) : undefined;
  if (!isMultiRegion(key) || before === undefined || !isMultiRegion(before) || told(before) === told(key)) {
    desk.set('keys', key.arn, key);
    return;
  }
  const step = (isReplica(key) ? restated : changed)(toRelated(key));
  desk.set('keys', key.arn, withRelated(key, step.key));
  post(kms, desk, key, step.send, at);
}
