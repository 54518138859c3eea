// Loses nothing: what was encrypted opens, what was made is listed.

import type { Difference } from '../../match.ts';
import type { KnownKey } from '../memory.ts';
import type { Run, Watcher } from '../run.ts';
import { administratorOf, answered, freshKey, home, revive } from './asking.ts';
import { expectation, type Invariant } from './invariant.ts';
import { allOpen, Ledger, type Sealed } from './ledger.ts';

const size = { runs: 30, commands: 60 };

/** Whether the key can be used in the end; a difference when that alone is wrong. */
type Prepare = (run: Run, key: KnownKey) => Promise<boolean | Difference>;

/** What is written down is opened in the end, after something was done to each key. */
function opening(prepare: Prepare, which: (sealed: Sealed) => boolean = () => true): () => Watcher {
  return () => {
    const ledger = new Ledger();
    return {
      after: (asked, run) => ledger.after(asked, run),
      finish: async (run) => {
        const sealed = ledger.sealed.filter(which);
        const usable = new Set<KnownKey>();
        for (const key of new Set(sealed.map((one) => one.key))) {
          const prepared = await prepare(run, key);
          if (typeof prepared === 'object') return prepared;
          if (prepared) usable.add(key);
        }
        return allOpen(
          run,
          sealed.filter(({ key }) => usable.has(key)),
        );
      },
    };
  };
}

const dayMs = 86_400_000;

export const i01: Invariant = {
  id: 'I01',
  says: 'every ciphertext opens to its plaintext under the same context while its key is Enabled',
  size,
  watch: opening(revive),
};

export const i02: Invariant = {
  id: 'I02',
  says: 'the same after any number of rotations',
  size,
  watch: opening(async (run, key) => {
    if (!(await revive(run, key))) return false;
    const ask = administratorOf(run, key);
    await ask('EnableKeyRotation', { KeyId: key.arn, RotationPeriodInDays: 90 });
    if (run.target.clockStandsStill) await run.pass({ milliseconds: 400 * dayMs });
    await ask('RotateKeyOnDemand', { KeyId: key.arn });
    if (run.target.clockStandsStill) await run.pass({ milliseconds: dayMs });
    // A rotation may have been all the time there was until another key was deleted.
    return revive(run, key);
  }),
};

export const i03: Invariant = {
  id: 'I03',
  says: 'the same on every replica',
  size: { runs: 1, commands: 0 },
  watch: () => ({
    finish: async (run) => {
      const ask = administratorOf(run, home(run));
      const KeyId = await freshKey(ask, { MultiRegion: true });
      const [, region = ''] = run.memory.regions;
      if ((await ask('ReplicateKey', { KeyId, ReplicaRegion: region })) === undefined) return undefined;
      await run.pass({ milliseconds: 60_000 });
      const Plaintext = { $utf8: 'the same everywhere' };
      const blob = String(answered(await ask('Encrypt', { KeyId, Plaintext }), 'CiphertextBlob'));
      const there = administratorOf(run, { ...home(run), region });
      const got = answered(await there('Decrypt', { CiphertextBlob: { $base64: blob } }), 'Plaintext');
      const wanted = Buffer.from(Plaintext.$utf8).toString('base64');
      return expectation(got === wanted, wanted, String(got), 'Plaintext');
    },
  }),
};

export const i04: Invariant = {
  id: 'I04',
  says: 'a data key is what Decrypt makes of its ciphertext',
  size,
  watch: opening(revive, ({ operation }) => operation === 'GenerateDataKey'),
};

export const i05: Invariant = {
  id: 'I05',
  says: 'a MAC made before DisableKey and EnableKey verifies after',
  size: { runs: 1, commands: 0 },
  watch: () => ({
    finish: async (run) => {
      const ask = administratorOf(run, home(run));
      const KeyId = await freshKey(ask, { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
      const message = { KeyId, Message: { $utf8: 'before and after' }, MacAlgorithm: 'HMAC_SHA_256' };
      const made = await ask('GenerateMac', message);
      if (made === undefined) return undefined;
      await ask('DisableKey', { KeyId });
      await ask('EnableKey', { KeyId });
      const Mac = { $base64: String(answered(made, 'Mac')) };
      const valid = answered(await ask('VerifyMac', { ...message, Mac }), 'MacValid');
      return expectation(valid === true, 'true', String(valid), 'MacValid');
    },
  }),
};

export const i06: Invariant = {
  id: 'I06',
  says: 'CancelKeyDeletion and EnableKey bring back what could be opened before ScheduleKeyDeletion',
  size,
  watch: opening(async (run, key) => {
    if (!(await revive(run, key))) return false;
    const ask = administratorOf(run, key);
    await ask('ScheduleKeyDeletion', { KeyId: key.arn, PendingWindowInDays: 7 });
    if (run.target.clockStandsStill) await run.pass({ milliseconds: dayMs });
    await ask('CancelKeyDeletion', { KeyId: key.arn });
    const state = answered(await ask('DescribeKey', { KeyId: key.arn }), 'KeyMetadata', 'KeyState');
    return expectation(state === 'Disabled', 'Disabled', String(state), 'KeyState') ?? revive(run, key);
  }),
};
