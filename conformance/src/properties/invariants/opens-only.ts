// Lets no one in: with another context, key, account or Region, with a single bit changed, nothing opens.

import type { Difference } from '../../match.ts';
import type { WireReply } from '../../target.ts';
import type { Json } from '../../transcript.ts';
import { isRecord } from '../../values.ts';
import { outcomeOf, type Run } from '../run.ts';
import { administratorOf, answered, asking, freshKey, home, revive } from './asking.ts';
import { expectation, type Invariant } from './invariant.ts';
import { Ledger, open, type Sealed } from './ledger.ts';

const invalid = 'InvalidCiphertextException';

function refused(reply: WireReply | undefined, wanted: readonly string[], path: string): Difference | undefined {
  const got = reply === undefined ? 'nothing' : outcomeOf(reply);
  return reply === undefined ? undefined : expectation(wanted.includes(got), wanted.join(' or '), got, path);
}

async function opensOtherwise(run: Run, one: Sealed): Promise<Difference | undefined> {
  const context = isRecord(one.context) && !('$literal' in one.context) ? one.context : {};
  const others: Readonly<Record<string, Json>>[] = [{ ...context, more: 'x' } as Record<string, Json>];
  const [first] = Object.keys(context);
  if (first !== undefined) {
    const { [first]: value, ...less } = context as Record<string, Json>;
    others.push(less, { ...less, [`${first} `]: value as Json }, { ...less, [first]: `${value} ` });
  }
  for (const EncryptionContext of others) {
    const found = refused(await open(run, one, { EncryptionContext }), [invalid], 'another context');
    if (found !== undefined) return found;
  }
  const { account, region } = one.key;
  const elsewhere = run.memory.regions.find((other) => other !== region) as string;
  const there = administratorOf(run, { account, region: elsewhere });
  const CiphertextBlob = { $base64: one.blob };
  const given = one.context === undefined ? {} : { EncryptionContext: one.context };
  const abroad = refused(
    await there('Decrypt', { CiphertextBlob, ...given }),
    ['AccessDeniedException'],
    'another Region',
  );
  if (abroad !== undefined) return abroad;
  const ask = administratorOf(run, one.key);
  const other = await freshKey(ask);
  const wrong = await ask('Decrypt', { CiphertextBlob, ...given, KeyId: other });
  const named = refused(wrong, ['IncorrectKeyException'], 'another key');
  if (named !== undefined) return named;
  const stranger = run.target.principals?.find(({ arn, may }) => may === 'everything' && arn.split(':')[4] !== account);
  if (stranger === undefined) return undefined;
  const theirs = await asking(run, region, stranger.arn)('Decrypt', { CiphertextBlob, ...given });
  return refused(theirs, ['AccessDeniedException'], 'another account');
}

// As many as are worth the calls.
const mostOpened = 6;

export const i14: Invariant = {
  id: 'I14',
  says: 'no ciphertext opens with another context, key, account or Region',
  size: { runs: 10, commands: 50 },
  watch: () => {
    const ledger = new Ledger();
    return {
      after: (asked, run) => ledger.after(asked, run),
      finish: async (run) => {
        for (const one of ledger.sealed.slice(-mostOpened)) {
          const found = (await revive(run, one.key)) ? await opensOtherwise(run, one) : undefined;
          if (found !== undefined) return found;
        }
        return undefined;
      },
    };
  },
};

export const i15: Invariant = {
  id: 'I15',
  says: 'a ciphertext with any bit changed does not open, and every one says the same',
  size: { runs: 1, commands: 0 },
  watch: () => ({
    finish: async (run) => {
      const ask = administratorOf(run, home(run));
      const KeyId = await freshKey(ask);
      const made = await ask('Encrypt', { KeyId, Plaintext: { $utf8: 'x' } });
      const blob = Buffer.from(String(answered(made, 'CiphertextBlob')), 'base64');
      for (let bit = 0; bit < blob.length * 8; bit += 1) {
        const changed = Buffer.from(blob);
        changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
        const reply = await ask('Decrypt', { CiphertextBlob: { $base64: changed.toString('base64') } });
        const body = isRecord(reply?.body) ? reply.body : {};
        const found =
          refused(reply, [invalid], `bit ${bit} changed`) ??
          expectation(Object.keys(body).length === 1, 'no message', JSON.stringify(body), `bit ${bit} changed`);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  }),
};

export const i18: Invariant = {
  id: 'I18',
  says: 'a grant token is useless to another principal',
  size: { runs: 1, commands: 0 },
  watch: () => ({
    finish: async (run) => {
      const [grantee, other] = (run.target.principals ?? []).filter(
        ({ arn, may }) => may === 'nothing' && arn.split(':')[4] === run.target.account,
      );
      if (grantee === undefined || other === undefined) return undefined;
      const { region } = home(run);
      const ask = administratorOf(run, home(run));
      const KeyId = String(answered(await ask('DescribeKey', { KeyId: await freshKey(ask) }), 'KeyMetadata', 'Arn'));
      const grant = await ask('CreateGrant', { KeyId, GranteePrincipal: grantee.arn, Operations: ['Encrypt'] });
      if (grant === undefined) return undefined;
      const use = { KeyId, Plaintext: { $utf8: 'x' }, GrantTokens: [String(answered(grant, 'GrantToken'))] };
      const own = await asking(run, region, grantee.arn)('Encrypt', use);
      const lent = await asking(run, region, other.arn)('Encrypt', use);
      return refused(own, ['success'], 'the grantee') ?? refused(lent, ['AccessDeniedException'], 'another principal');
    },
  }),
};
