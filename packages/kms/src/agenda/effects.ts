// The timed effects: what happens to a key when one of its instants comes.

import type { Engine } from '../engine.ts';
import { keyState } from '../state/key-state.ts';
import type { Instant, KeyRecord } from '../state/records.ts';
import { newSecret, rotateAutomatically, rotateTo } from '../state/rotation.ts';
import type { Due, TimedEffect } from './agenda.ts';

/** Runs everything due until `now`, each at its own instant and in order. */
export function advance(kms: Engine, now: Instant): void {
  while (kms.agenda.next <= now) {
    const due = kms.agenda.take() as Due;
    const key = kms.state.get('keys', due.keyArn);
    if (key !== undefined) effects[due.effect](kms, key, due.at);
  }
}

const effects: Readonly<Record<TimedEffect, (kms: Engine, key: KeyRecord, at: Instant) => void>> = {
  'finish rotation': (kms, key, at) => {
    if (key.rotating?.doneAt !== at) return;
    kms.state.set('keys', key.arn, { ...rotateTo(key, key.rotating.material, 'ON_DEMAND', at), rotating: undefined });
  },
  // A key that is disabled or pending deletion is not rotated; EnableKey makes up for it.
  // https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
  rotate: (kms, key, at) => {
    if (key.rotation?.next !== at || keyState(key, at) !== 'Enabled') return;
    const secret = newSecret(key.spec, kms.world.cursor(`${key.account}/${key.region}/automatic rotation`).take());
    kms.state.set('keys', key.arn, rotateAutomatically(key, kms.vault.create(key.id, secret), at));
    secret.fill(0);
  },
  delete: (kms, key, at) => {
    if (key.deletion?.at === at) deleteKey(kms, key);
  },
};

// A key takes its aliases with it: https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
function deleteKey(kms: Engine, key: KeyRecord): void {
  for (const alias of kms.state.site(key.account, key.region).aliases(key.arn))
    kms.state.set('aliases', alias, undefined);
  for (const material of key.materials) kms.vault.destroy(material.id);
  if (key.rotating !== undefined) kms.vault.destroy(key.rotating.material);
  kms.state.set('usages', key.arn, undefined);
  kms.state.set('keys', key.arn, undefined);
}
