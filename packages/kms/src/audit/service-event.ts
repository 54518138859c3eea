// What the service does by itself, as it is noted: RotateKey, DeleteKey, DeleteExpiredKeyMaterial, SynchronizeMultiRegionKey.

import type { Instant, KeyRecord } from '../state/records.ts';
import type { TrailObject } from './record.ts';

export type ServiceEventName = 'RotateKey' | 'DeleteKey' | 'DeleteExpiredKeyMaterial' | 'SynchronizeMultiRegionKey';

export interface ServiceEvent {
  readonly name: ServiceEventName;
  readonly key: Pick<KeyRecord, 'account' | 'arn' | 'region'>;
  readonly at: Instant;
  /** What tells it from others of its name, key and instant: its id follows from it. */
  readonly subject: string;
  /** serviceEventDetails */
  readonly details?: TrailObject;
  /** additionalEventData */
  readonly additional?: TrailObject;
}

/** Where such events are noted. */
export interface ServiceEvents {
  service(event: ServiceEvent): void;
}
