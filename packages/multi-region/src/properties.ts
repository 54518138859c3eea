// Which properties related keys share and which each has for itself: one table.
// https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html#mrk-sync-properties

export type Property =
  | 'keyId'
  | 'keyMaterial'
  | 'keyMaterialOrigin'
  | 'keySpec'
  | 'keyUsage'
  | 'automaticRotation'
  | 'primaryAndReplicas'
  | 'keyPolicy'
  | 'grants'
  | 'aliases'
  | 'tags'
  | 'description'
  | 'enabled'
  | 'creationDate'
  | 'deletion'
  | 'importAndExpiry'
  | 'lastUsage';

/**
 * `fixed`: the same in every Region from the first instant on, and never changed. `synchronized`: changed at the primary and brought to the
 * replicas by messages. `independent`: never copied, not even when a replica is made.
 */
export type Sharing = 'fixed' | 'synchronized' | 'independent';

export const properties: Readonly<Record<Property, Sharing>> = {
  keyId: 'fixed',
  keySpec: 'fixed',
  keyUsage: 'fixed',
  keyMaterialOrigin: 'fixed',
  // All versions, in order. Of imported material the list; its bytes come into each Region by an import of their own.
  keyMaterial: 'synchronized',
  automaticRotation: 'synchronized',
  primaryAndReplicas: 'synchronized',
  keyPolicy: 'independent',
  grants: 'independent',
  aliases: 'independent',
  tags: 'independent',
  description: 'independent',
  // And so the key state.
  enabled: 'independent',
  creationDate: 'independent',
  deletion: 'independent',
  importAndExpiry: 'independent',
  lastUsage: 'independent',
};
