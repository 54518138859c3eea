// Seeded bugs of the life of keys, of lists and of quotas.

import type { Bug } from './bug.ts';

export const keys: readonly Bug[] = [
  {
    name: 'disabled-key-decrypts',
    harm: 'Disabling a key stops nothing.',
    seenIn: 'moto',
    file: 'packages/kms/src/tables/key-states.ts',
    find: "  Disabled: 'disabled',\n  PendingImport",
    replace: "  Disabled: 'ok',\n  PendingImport",
    caughtBy: ['packages/kms/test/tables/key-states.test.ts'],
  },
  {
    name: 'key-pending-deletion-decrypts',
    harm: 'A key that waits for its deletion works as before, so nobody notices who still needs it.',
    seenIn: 'moto',
    file: 'packages/kms/src/tables/key-states.ts',
    find: "const cryptographic: Row = { ...whileUsable, Unavailable: 'unavailable' };",
    replace: "const cryptographic: Row = { ...whileUsable, PendingDeletion: 'ok', Unavailable: 'unavailable' };",
    caughtBy: ['packages/kms/test/tables/key-states.test.ts'],
  },
  {
    name: 'cancelled-deletion-enables',
    harm: 'CancelKeyDeletion leaves the key enabled: the real one leaves it disabled.',
    file: 'packages/kms/src/operations/cancel-key-deletion.ts',
    find: 'deletion: undefined, enabled: false',
    replace: 'deletion: undefined, enabled: true',
    caughtBy: ['packages/kms/test/operations/cancel-key-deletion.test.ts'],
  },
  {
    name: 'expired-material-stays',
    harm: 'Imported material that has expired goes on decrypting.',
    file: 'packages/kms/src/agenda/effects.ts',
    find: 'const left = expired.reduce((rest, { id }) => withoutMaterial(rest, id), key);',
    replace: 'const left = expired.reduce((rest) => rest, key);',
    caughtBy: ['packages/kms/test/agenda/expiry.test.ts'],
  },
  {
    name: 'map-becomes-object',
    harm: 'A pair of an encryption context under __proto__ is lost on the way in.',
    file: 'packages/kms/src/api/reader.ts',
    find: 'if (nulls.length > 0) violations',
    replace: `const members: Record<string, string> = {};
    for (const [key, text] of pairs) members[key] = text;
    pairs.clear();
    for (const [key, text] of Object.entries(members)) pairs.set(key, text);
    if (nulls.length > 0) violations`,
    caughtBy: ['packages/kms/test/hostile.test.ts'],
  },
  {
    name: 'off-by-one-page',
    harm: 'A list that is one item longer than its page ends before that item.',
    file: 'packages/kms/src/state/markers.ts',
    find: 'return found.length > request.limit && last !== undefined',
    replace: 'return found.length > request.limit + 1 && last !== undefined',
    caughtBy: ['packages/kms/test/state/markers.test.ts'],
  },
  {
    name: 'markers-unchecked',
    harm: 'A marker of one list, or one made by hand, opens another.',
    file: 'packages/kms/src/state/markers.ts',
    find: 'if (!this.#tag(scope, text).every((byte, at) => byte === bytes[at]))',
    replace: 'if (this.#tag(scope, text).length === 0)',
    caughtBy: ['packages/kms/test/state/markers.test.ts'],
  },
  {
    name: 'nan-quota',
    harm: 'A rate that is no number is taken, and no comparison with it ever refuses.',
    file: 'packages/quota/src/rate.ts',
    find: "if (typeof value !== 'number' || Number.isNaN(value)) return 'not a number';",
    replace: "if (typeof value !== 'number') return 'not a number';",
    caughtBy: ['packages/quota/test/rate.test.ts'],
  },
  {
    name: 'clock-back-fills-bucket',
    harm: 'Who puts the clock back gets his burst again.',
    file: 'packages/quota/src/bucket.ts',
    find: 'if (!(elapsed > 0)) return used;',
    replace: 'if (!(elapsed > 0)) return 0;',
    caughtBy: ['packages/quota/test/bucket.test.ts'],
  },
  {
    name: 'old-message-overwrites-new',
    harm: 'A message of a primary that comes late sets its replica back: material of a rotation is lost there.',
    file: 'packages/multi-region/src/receive.ts',
    find: 'if (version <= members.version) return',
    replace: 'if (version === members.version) return',
    caughtBy: ['packages/multi-region/test/receive.test.ts'],
  },
];
