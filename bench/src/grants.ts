// Many grants on one key: whether calls stay as quick as without any.

import { createKmsim, type Kmsim } from 'kmsim';
import { type Alternative, interleave, rowsOf } from './interleave.ts';
import { context, seed } from './keys.ts';
import { thousands } from './report.ts';
import type { Suite, Table } from './suite.ts';

interface Granted {
  readonly sim: Kmsim;
  readonly KeyId: string;
}

const grantee = 'arn:aws:iam::000000000000:role/App';

export const grants: Suite = {
  name: 'grants',
  about: 'Calls on a key with many grants, none of which is for the caller but one, against calls on a key with none.',
  nodeFlags: [],
  run: async (effort) => {
    const most = Math.min(effort.callCounts.at(-1) ?? 0, 50_000);
    const keys = await Promise.all([0, 1, most].map(granted));
    const table = async (title: string, chosen: readonly (readonly [count: number, key: Granted])[], as?: string) => {
      const alternatives = chosen.map(([count, key]) => ({
        name: `${thousands(String(count))} grants`,
        run: encryption(key, as),
      }));
      return { title, rows: rowsOf(await interleave(alternatives, effort), alternatives[0]?.name) } satisfies Table;
    };
    const [none, one, many] = keys;
    if (none === undefined || one === undefined || many === undefined) return [];
    return [
      await table('Encrypt, 32 B, by the administrator, whom no grant names', [
        [0, none],
        [1, one],
        [most, many],
      ]),
      await table(
        'Encrypt, 32 B, by one whom a grant lets in',
        [
          [1, one],
          [most, many],
        ],
        grantee,
      ),
    ];
  },
};

/** A key with so many grants; the last is to the grantee. */
async function granted(count: number): Promise<Granted> {
  const sim = createKmsim({ seed });
  const KeyId = (await sim.as().createKey({})).KeyMetadata?.KeyId ?? '';
  for (let n = 1; n <= count; n++) {
    const GranteePrincipal = n === count ? grantee : `arn:aws:iam::000000000000:role/Other${n}`;
    await sim.as().createGrant({ KeyId, GranteePrincipal, Operations: ['Encrypt', 'Decrypt'] });
  }
  return { sim, KeyId };
}

const Plaintext: Uint8Array = new Uint8Array(32).fill(1);

function encryption({ sim, KeyId }: Granted, as: string | undefined): Alternative['run'] {
  const kms = sim.as(as);
  return async (times) => {
    for (let n = 0; n < times; n++) await kms.encrypt({ KeyId, Plaintext, EncryptionContext: context });
  };
}
