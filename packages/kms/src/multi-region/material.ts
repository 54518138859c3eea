// Related keys share one entry of the vault for each material: who needs it, and when it goes.

import type { Engine } from '../engine.ts';
import { everyMaterial, isHere } from '../state/imported-material.ts';
import type { KeyRecord } from '../state/records.ts';

/** Whether a related key in another Region has the material. */
export function isElsewhere(kms: Engine, key: KeyRecord, id: string): boolean {
  return relatives(kms, key).some((other) => isHere(other, id));
}

/** Material that has left a key's Region: its bytes stay as long as another Region has them. */
export function partWith(kms: Engine, key: KeyRecord, id: string, how: 'withdraw' | 'destroy'): void {
  if (!isElsewhere(kms, key, id)) kms.vault[how](id);
}

/** The material of a key that is deleted: gone with the last related key that knows it. */
export function destroyMaterial(kms: Engine, key: KeyRecord): void {
  const ids = new Set(everyMaterial(key).map(({ id }) => id));
  if (key.rotating !== undefined) ids.add(key.rotating.material);
  for (const id of ids) {
    const isKnown = relatives(kms, key).some(
      (other) => isHere(other, id) || everyMaterial(other).some((each) => each.id === id),
    );
    if (isKnown) partWith(kms, key, id, 'withdraw');
    else kms.vault.destroy(id);
  }
}

function relatives(kms: Engine, key: KeyRecord): readonly KeyRecord[] {
  return key.replicas === undefined ? [] : kms.state.keysOf(key.id).filter(({ arn }) => arn !== key.arn);
}
