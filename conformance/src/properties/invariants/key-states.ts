// I13: every operation on a key in every state that a key can be brought into.

import type { Json } from '../../transcript.ts';
import { watchWithModel } from '../model-watcher.ts';
import { outcomeOf, type Run } from '../run.ts';
import { type Ask, administratorOf, answered, freshKey, home } from './asking.ts';
import { expectation, type Invariant } from './invariant.ts';

type Input = Readonly<Record<string, Json>>;

interface Subject {
  readonly KeyId: string;
  /** A ciphertext under the key, an alias of it, another key to re-encrypt under or to point the alias at. */
  readonly CiphertextBlob: Json;
  readonly AliasName: string;
  readonly other: string;
}

const requests: Readonly<Record<string, (subject: Subject, n: number) => Input>> = {
  CancelKeyDeletion: ({ KeyId }) => ({ KeyId }),
  CreateAlias: ({ KeyId }, n) => ({ TargetKeyId: KeyId, AliasName: { $template: `alias/new-${n}-\${uid1}` } }),
  Decrypt: ({ CiphertextBlob }) => ({ CiphertextBlob }),
  DeleteAlias: ({ AliasName }) => ({ AliasName }),
  DescribeKey: ({ KeyId }) => ({ KeyId }),
  DisableKey: ({ KeyId }) => ({ KeyId }),
  DisableKeyRotation: ({ KeyId }) => ({ KeyId }),
  EnableKey: ({ KeyId }) => ({ KeyId }),
  EnableKeyRotation: ({ KeyId }) => ({ KeyId }),
  Encrypt: ({ KeyId }) => ({ KeyId, Plaintext: { $utf8: 'x' } }),
  GenerateDataKey: ({ KeyId }) => ({ KeyId, KeySpec: 'AES_256' }),
  GenerateDataKeyWithoutPlaintext: ({ KeyId }) => ({ KeyId, KeySpec: 'AES_128' }),
  GetKeyLastUsage: ({ KeyId }) => ({ KeyId }),
  GetKeyPolicy: ({ KeyId }) => ({ KeyId }),
  GetKeyRotationStatus: ({ KeyId }) => ({ KeyId }),
  ListAliases: ({ KeyId }) => ({ KeyId }),
  ListKeyPolicies: ({ KeyId }) => ({ KeyId }),
  ListKeyRotations: ({ KeyId }) => ({ KeyId }),
  ListResourceTags: ({ KeyId }) => ({ KeyId }),
  PutKeyPolicy: ({ KeyId }) => ({
    KeyId,
    Policy: {
      $jsonText: {
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { AWS: { $template: 'arn:aws:iam::${account}:root' } },
          Action: 'kms:*',
          Resource: '*',
        },
      },
    },
  }),
  ReEncrypt: ({ CiphertextBlob, other }) => ({ CiphertextBlob, DestinationKeyId: other }),
  RotateKeyOnDemand: ({ KeyId }) => ({ KeyId }),
  ScheduleKeyDeletion: ({ KeyId }) => ({ KeyId }),
  TagResource: ({ KeyId }) => ({ KeyId, Tags: [{ TagKey: 'a', TagValue: 'b' }] }),
  UntagResource: ({ KeyId }) => ({ KeyId, TagKeys: ['a'] }),
  UpdateAlias: ({ KeyId }, n) => ({ TargetKeyId: KeyId, AliasName: { $template: `alias/moves-${n}-\${uid1}` } }),
  UpdateKeyDescription: ({ KeyId }) => ({ KeyId, Description: 'other words' }),
};

const dayMs = 86_400_000;

// How a key comes into a state.
const ways: Readonly<Record<string, (ask: Ask, KeyId: string, run: Run) => Promise<unknown>>> = {
  Enabled: async () => undefined,
  Disabled: (ask, KeyId) => ask('DisableKey', { KeyId }),
  PendingDeletion: (ask, KeyId) => ask('ScheduleKeyDeletion', { KeyId }),
  PendingImport: async () => undefined,
  Deleted: async (ask, KeyId, run) => {
    await ask('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    if (run.target.clockStandsStill) await run.pass({ milliseconds: 7 * dayMs });
  },
};

async function subjectIn(state: string, ask: Ask, run: Run, n: number): Promise<Subject> {
  const other = await freshKey(ask);
  const KeyId = await freshKey(ask, state === 'PendingImport' ? { Origin: 'EXTERNAL' } : {});
  const made = await ask('Encrypt', { KeyId, Plaintext: { $utf8: 'x' } });
  const CiphertextBlob = { $base64: String(answered(made, 'CiphertextBlob') ?? 'AAAA') };
  const AliasName = `alias/state-${n}-${run.memory.scope.variable('uid1')}`;
  await ask('CreateAlias', { AliasName, TargetKeyId: KeyId });
  await ask('CreateAlias', { AliasName: `alias/moves-${n}-${run.memory.scope.variable('uid1')}`, TargetKeyId: other });
  await ways[state]?.(ask, KeyId, run);
  return { KeyId, CiphertextBlob, AliasName, other };
}

export const i13: Invariant = {
  id: 'I13',
  says: 'no operation succeeds in a state of its key that forbids it, and every other does',
  size: { runs: 1, commands: 0 },
  watch: (target) => {
    const model = watchWithModel(target);
    const { model: _, ...watcher } = model;
    return {
      ...watcher,
      finish: async (run) => {
        const ask = administratorOf(run, home(run));
        let n = 0;
        for (const state of Object.keys(ways)) {
          for (const [operation, request] of Object.entries(requests)) {
            n += 1;
            const reply = await ask(operation, request(await subjectIn(state, ask, run, n), n));
            // The model judges the rest; that Enabled forbids nothing but CancelKeyDeletion is the sentence itself.
            const forbidden = operation === 'CancelKeyDeletion';
            if (state !== 'Enabled' || forbidden || reply === undefined) continue;
            const got = outcomeOf(reply);
            const found = expectation(got === 'success', 'success', got, `${operation} of an Enabled key`);
            if (found !== undefined) return found;
          }
        }
        return undefined;
      },
    };
  },
};
