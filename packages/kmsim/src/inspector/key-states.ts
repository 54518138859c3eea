// What the state of a key means for whoever looks at a list.

import type { KeyRow } from '../admin/inspector/keys.ts';

export const stateKinds: Readonly<Record<KeyRow['state'], string>> = {
  Creating: 'passed',
  Enabled: 'allowed',
  Disabled: 'silent',
  PendingDeletion: 'denied',
  PendingImport: 'passed',
  PendingReplicaDeletion: 'denied',
  Unavailable: 'failed',
  Updating: 'passed',
};
