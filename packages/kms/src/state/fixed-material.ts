// A new key with the id and the material that somebody has chosen.

import { fail } from '../api/errors.ts';
import type { Call } from '../operation.ts';
import type { FixedKey } from './fixed-key.ts';
import type { KeyRecord, MaterialVersion } from './records.ts';

/** An id that is drawn is free; a chosen one need not be. */
export function requireFreeId(call: Call, { id }: FixedKey = {}): void {
  if (id === undefined) return;
  const arn = `${call.site.prefix}key/${id}`;
  if (call.key(arn) !== undefined) fail('AlreadyExistsException', `Key '${arn}' already exists`);
}

/** The key with its material, the later versions as if it had been rotated to them. */
export function withSecrets(call: Call, key: KeyRecord, secrets: readonly Uint8Array[]): KeyRecord {
  const materials = secrets.map((secret, at): MaterialVersion => {
    const id = call.page.createMaterial(key.id, secret);
    return {
      id,
      rotation: at === 0 ? undefined : { type: 'ON_DEMAND', at: call.now },
      ...(key.origin === 'EXTERNAL' && { imported: { isHere: true, expiresAt: undefined } }),
    };
  });
  return { ...key, materials, currentMaterial: materials.at(-1)?.id };
}
