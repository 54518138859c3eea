// The timed effects: what happens to a key when one of its instants comes.

import type { Engine } from '../engine.ts';
import { everyMaterial, expiries, partingOf, withoutMaterial } from '../state/imported-material.ts';
import { keyState } from '../state/key-state.ts';
import type { Instant, KeyRecord } from '../state/records.ts';
import { finishRotation, newSecret, rotateAutomatically } from '../state/rotation.ts';
import type { Due, TimedEffect } from './agenda.ts';

/** Runs everything due until `now`, each at its own instant and in order. */
export function advance(kms: Engine, now: Instant): void {
  while (kms.agenda.next <= now) {
    const due = kms.agenda.take() as Due;
    const key = kms.state.get('keys', due.keyArn);
    if (key === undefined) continue;
    effects[due.effect](kms, key, due.at, due);
    if (kms.tracer !== undefined && kms.state.get('keys', due.keyArn) !== key) kms.tracer.effect(due);
  }
}

const effects: Readonly<Record<TimedEffect, (kms: Engine, key: KeyRecord, at: Instant, due: Due) => void>> = {
  'finish rotation': (kms, key, at) => {
    if (key.rotating?.doneAt !== at) return;
    kms.state.set('keys', key.arn, finishRotation(key, key.rotating.material, at));
  },
  // A key that is disabled or pending deletion is not rotated; EnableKey makes up for it.
  // https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
  rotate: (kms, key, at) => {
    if (key.rotation?.next !== at || keyState(key, at) !== 'Enabled') return;
    const secret = newSecret(key.spec, kms.world.cursor(`${key.account}/${key.region}/automatic rotation`).take());
    kms.state.set('keys', key.arn, rotateAutomatically(key, kms.vault.create(key.id, secret), at));
    secret.fill(0);
  },
  // DeleteExpiredKeyMaterial: https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-import-key-material.html
  expire: (kms, key, at) => {
    const expired = expiries(key).filter((one) => one.at <= at);
    if (expired.length === 0) return;
    const left = expired.reduce((rest, { id }) => withoutMaterial(rest, id), key);
    kms.state.set('keys', key.arn, left);
    for (const { id } of expired) kms.vault[partingOf(left, id)](id);
  },
  delete: (kms, key, at) => {
    if (key.deletion?.at === at) deleteKey(kms, key);
  },
  'end grant': (kms, _key, at, { grant: id = '' }) => {
    if (kms.state.get('grants', id)?.endsAt === at) kms.state.set('grants', id, undefined);
  },
};

// A key takes its aliases and its grants with it: https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
function deleteKey(kms: Engine, key: KeyRecord): void {
  for (const alias of kms.state.site(key.account, key.region).aliases(key.arn))
    kms.state.set('aliases', alias, undefined);
  for (const { id } of kms.state.grants.forget(key.arn)) kms.state.set('grants', id, undefined);
  for (const { id } of everyMaterial(key)) kms.vault.destroy(id);
  if (key.rotating !== undefined) kms.vault.destroy(key.rotating.material);
  kms.state.set('usages', key.arn, undefined);
  kms.state.set('keys', key.arn, undefined);
}
