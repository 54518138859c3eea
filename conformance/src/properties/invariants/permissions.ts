// Lets no one in: what is denied is denied, and a refusal does not tell what is there.

import type { Difference } from '../../match.ts';
import type { TargetPrincipal } from '../../target.ts';
import type { Json } from '../../transcript.ts';
import { outcomeOf, type Run } from '../run.ts';
import { administratorOf, answered, asking, freshKey, home } from './asking.ts';
import { expectation, type Invariant } from './invariant.ts';

type Statement = Readonly<Record<string, Json>>;

function statement(Effect: 'Allow' | 'Deny', AWS: string, Action: Json): Statement {
  return { Effect, Principal: { AWS }, Action, Resource: '*' };
}

/** Operations on a key, with what they need beside it. */
const uses: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  DescribeKey: {},
  Encrypt: { Plaintext: { $utf8: 'x' } },
  GenerateDataKey: { NumberOfBytes: 16 },
  GenerateDataKeyWithoutPlaintext: { NumberOfBytes: 16 },
  GetKeyRotationStatus: {},
};

function policyOf(statements: readonly Statement[]): Json {
  return { $jsonText: { Version: '2012-10-17', Statement: statements } };
}

/** Everything that could allow it, before the Deny and after. */
function whateverElse(root: string, { arn }: TargetPrincipal, action: string): readonly (readonly [Json, string])[] {
  const delegated = statement('Allow', root, 'kms:*');
  const allows = [
    statement('Allow', arn, 'kms:*'),
    statement('Allow', '*', action),
    statement('Allow', arn, ['kms:*', action]),
  ];
  const deny = statement('Deny', arn, action);
  const all = statement('Deny', arn, 'kms:*');
  return [
    [policyOf([delegated, deny, ...allows]), 'a Deny before'],
    [policyOf([delegated, ...allows, deny]), 'a Deny behind'],
    [policyOf([all, delegated, ...allows]), 'a Deny of everything'],
  ];
}

export const i12: Invariant = {
  id: 'I12',
  says: 'an explicit Deny denies, whatever else is allowed',
  size: { runs: 1, commands: 0 },
  watch: () => ({
    finish: async (run) => {
      const { account, region } = home(run);
      const admin = administratorOf(run, home(run));
      const root = `arn:aws:iam::${account}:root`;
      for (const person of run.target.principals ?? []) {
        // Whoever puts the policy must be able to take it back.
        if (person.arn === run.target.callerArn) continue;
        for (const [operation, more] of Object.entries(uses)) {
          for (const [Policy, where] of whateverElse(root, person, `kms:${operation}`)) {
            const made = await admin('CreateKey', { Policy, BypassPolicyLockoutSafetyCheck: true });
            const KeyId = String(answered(made, 'KeyMetadata', 'Arn'));
            const reply = await asking(run, region, person.arn)(operation, { KeyId, ...more });
            if (reply === undefined) continue;
            const got = outcomeOf(reply);
            const found = expectation(got === 'AccessDeniedException', 'AccessDeniedException', got, where);
            if (found !== undefined) return found;
          }
        }
      }
      return undefined;
    },
  }),
};

const nobodysKey = '00000000-0000-4000-8000-00000000dead';

/** The answer with every id the same. */
function anonymous(body: unknown, keyId: string): string {
  return JSON.stringify(body ?? null).replaceAll(keyId, 'the key');
}

async function readsTheSame(run: Run, stranger: TargetPrincipal): Promise<Difference | undefined> {
  const { account, region } = home(run);
  const there = await freshKey(administratorOf(run, home(run)));
  const ask = asking(run, region, stranger.arn);
  const operations = { ...uses, EnableKey: {}, ScheduleKeyDeletion: {}, GetKeyPolicy: {}, ListResourceTags: {} };
  for (const [operation, more] of Object.entries(operations)) {
    const named = (id: string) => ask(operation, { KeyId: `arn:aws:kms:${region}:${account}:key/${id}`, ...more });
    const [denied, absent] = [await named(there), await named(nobodysKey)];
    if (denied === undefined || absent === undefined) continue;
    const [one, other] = [anonymous(denied.body, there), anonymous(absent.body, nobodysKey)];
    const found = expectation(
      denied.status === absent.status && one === other,
      one,
      other,
      `${operation} of an absent key`,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

export const i20: Invariant = {
  id: 'I20',
  says: "another account's key that may not be used reads like one that does not exist",
  size: { runs: 1, commands: 0 },
  watch: () => ({
    finish: async (run) => {
      for (const stranger of run.target.principals ?? []) {
        const own = stranger.arn.split(':')[4] === run.target.account;
        const found = own ? undefined : await readsTheSame(run, stranger);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  }),
};
