// Tells the truth: what operations say of a key agrees, nothing is made twice, and no secret shows.

import { inspect } from 'node:util';
import type { Difference } from '../../match.ts';
import { isRecord, show } from '../../values.ts';
import type { KnownKey } from '../memory.ts';
import { outcomeOf, type Run } from '../run.ts';
import type { SimulatedTarget } from '../simulated.ts';
import { administratorOf, answered, freshKey, home } from './asking.ts';
import { expectation, type Invariant } from './invariant.ts';

const size = { runs: 20, commands: 60 };

// DescribeKey says what the others do: Enabled keys encrypt, others do not; aliases lead to the key they are listed with.
async function agrees(run: Run, key: KnownKey): Promise<Difference | undefined> {
  const ask = administratorOf(run, key);
  const metadata = answered(await ask('DescribeKey', { KeyId: key.arn }), 'KeyMetadata');
  if (!isRecord(metadata)) return undefined;
  const { Enabled, KeyState, KeyUsage } = metadata;
  const one = expectation(Enabled === (KeyState === 'Enabled'), String(KeyState), `Enabled: ${Enabled}`, 'KeyState');
  if (one !== undefined) return one;
  const tried = await ask('Encrypt', { KeyId: key.arn, Plaintext: { $utf8: 'x' }, DryRun: true });
  if (tried !== undefined && KeyUsage === 'ENCRYPT_DECRYPT' && outcomeOf(tried) !== 'AccessDeniedException') {
    const works = outcomeOf(tried) === 'DryRunOperationException';
    const two = expectation(works === Enabled, `Enabled: ${Enabled}`, outcomeOf(tried), 'Encrypt');
    if (two !== undefined) return two;
  }
  const aliases = answered(await ask('ListAliases', { KeyId: key.id, Limit: 100 }), 'Aliases');
  for (const alias of Array.isArray(aliases) ? aliases : []) {
    const found = answered(await ask('DescribeKey', { KeyId: String(alias.AliasArn) }), 'KeyMetadata', 'KeyId');
    const three = expectation(found === key.id, key.id, String(found), `DescribeKey of ${alias.AliasName}`);
    if (three !== undefined) return three;
  }
  return undefined;
}

export const i31: Invariant = {
  id: 'I31',
  says: 'DescribeKey, the lists and the effects of operations agree with each other',
  size,
  watch: () => ({
    finish: async (run) => {
      for (const key of run.memory.keys) {
        const found = await agrees(run, key);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  }),
};

// Shorter ones may meet by chance.
const shortestUnique = 16;

export const i34: Invariant = {
  id: 'I34',
  says: 'nothing is made twice: ids, ciphertexts, data keys, random bytes',
  size,
  watch: () => {
    const seen = new Map<string, string>();
    return {
      after: ({ reply, request, step }) => {
        const { operation } = request;
        const made = [answered(reply, 'CiphertextBlob')];
        if (operation === 'CreateKey')
          made.push(answered(reply, 'KeyMetadata', 'KeyId'), answered(reply, 'KeyMetadata', 'CurrentKeyMaterialId'));
        if (operation.startsWith('Generate')) made.push(answered(reply, 'Plaintext'));
        for (const value of made) {
          if (typeof value !== 'string' || Buffer.from(value, 'base64').length < shortestUnique) continue;
          const before = seen.get(value);
          if (before !== undefined)
            return { path: '', expected: 'something new', got: `${show(value)}, as in step ${before}` };
          seen.set(value, step);
        }
        return undefined;
      },
      finish: async (run) => {
        const ask = administratorOf(run, home(run));
        const KeyId = await freshKey(ask);
        for (let time = 0; time < 20; time += 1) {
          await ask('Encrypt', { KeyId, Plaintext: { $utf8: 'the same' } });
          await ask('GenerateDataKey', { KeyId, KeySpec: 'AES_256' });
        }
        return undefined;
      },
    };
  },
};

/** The ways a secret could be written. */
function writings(base64: string): readonly string[] {
  const bytes = Buffer.from(base64, 'base64');
  const hex = bytes.toString('hex');
  return [
    ...[hex, hex.toUpperCase(), base64.replace(/=+$/, ''), bytes.toString('base64url'), bytes.toString('latin1')],
    ...[[...bytes].join(','), [...bytes].join(', '), BigInt(`0x${hex}`).toString()],
  ];
}

/** Everything that a person or a log may come to see of a simulation. */
function shownOf({ sim }: SimulatedTarget): Readonly<Record<string, string>> {
  const everything = { showHidden: true, depth: Number.POSITIVE_INFINITY, maxArrayLength: null, maxStringLength: null };
  return {
    inspect: inspect(sim, everything),
    JSON: JSON.stringify({ sim: String(sim), own: { ...sim, service: undefined, kms: undefined } }),
    snapshot: JSON.stringify(sim.snapshot()),
  };
}

export const i33: Invariant<SimulatedTarget> = {
  id: 'I33',
  says: 'no plaintext and no data key shows in a refusal, an inspection or a snapshot',
  size: { runs: 5, commands: 50 },
  watch: (target) => {
    const secrets = new Set<string>();
    return {
      after: ({ reply, request }) => {
        for (const secret of [request.body['Plaintext'], answered(reply, 'Plaintext')]) {
          if (typeof secret === 'string' && Buffer.from(secret, 'base64').length >= shortestUnique) secrets.add(secret);
        }
        if (reply.status === 200) return undefined;
        return showing(secrets, { refusal: JSON.stringify(reply.body) });
      },
      finish: async (run) => {
        const ask = administratorOf(run, home(run));
        const KeyId = await freshKey(ask);
        const canary = Buffer.from(run.memory.scope.bytes('canary', 32)).toString('base64');
        await ask('Encrypt', { KeyId, Plaintext: { $base64: canary }, EncryptionContext: { a: 'b' } });
        await ask('Encrypt', { KeyId, Plaintext: { $base64: canary }, EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' });
        await ask('GenerateDataKey', { KeyId, KeySpec: 'AES_256' });
        return showing(secrets, shownOf(target));
      },
    };
  },
};

function showing(secrets: ReadonlySet<string>, texts: Readonly<Record<string, string>>): Difference | undefined {
  for (const [where, text] of Object.entries(texts)) {
    for (const secret of secrets) {
      if (writings(secret).some((one) => text.includes(one))) return { path: where, expected: 'no secret', got: 'one' };
    }
  }
  return undefined;
}
