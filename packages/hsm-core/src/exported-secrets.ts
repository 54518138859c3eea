// The secrets of a vault, for whoever writes a world into a file and asked for them by name: what the vault exports under a key, opened with it.

import { Material } from './material.ts';
import { exportLabel, type Vault } from './vault.ts';
import { readContent } from './vault-content.ts';

export interface ExportedSecret {
  readonly materialId: string;
  /** Erase it. */
  readonly secret: Uint8Array;
}

export function exportedSecrets(vault: Vault): readonly ExportedSecret[] {
  // Nothing is kept of what is sealed here: any key will do.
  const key = new Uint8Array(32);
  const sealed = vault.export(key);
  const content = vault.backend.gcmOpen(key, sealed.subarray(0, 12), exportLabel, sealed.subarray(12));
  if (content === undefined) throw new Error('The vault does not open what it has sealed.');
  const { materials } = readContent(content);
  content.fill(0);
  return materials.map(({ keyId, secret }) => ({ materialId: new Material(vault.backend, keyId, secret).id, secret }));
}
