// The secrets of a vault, for whoever writes a world into a file and asked for them by name: what the vault exports under a key, opened with it.

import { Material } from './material.ts';
import { openExport, type Vault } from './vault.ts';

export interface ExportedSecret {
  readonly materialId: string;
  /** Erase it. */
  readonly secret: Uint8Array;
}

export function exportedSecrets(vault: Vault): readonly ExportedSecret[] {
  // Nothing is kept of what is sealed here: any key will do.
  const key = new Uint8Array(32);
  const content = openExport(vault.backend, key, vault.export(key));
  if (content === undefined) throw new Error('The vault does not open what it has sealed.');
  return content.materials.map(({ keyId, secret }) => ({
    materialId: new Material(vault.backend, keyId, secret).id,
    secret,
  }));
}
