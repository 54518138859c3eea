// Many grants on one key: none is for the caller but the last.

import { createKmsim, type Kmsim } from 'kmsim';
import { context, seed } from '../keys.ts';
import type { Effort, Table } from '../suite.ts';
import { type Among, among, type Listing, listed, pageSize, plaintext } from './among.ts';

interface Granted {
  readonly count: number;
  readonly sim: Kmsim;
  readonly KeyId: string;
}

const grantee = 'arn:aws:iam::000000000000:role/App';

export async function grants(effort: Effort): Promise<readonly Table[]> {
  const keys: Granted[] = [];
  for (const count of effort.grantCounts) keys.push(await granted(count));
  const all = (as?: string): readonly Among[] => keys.map((key) => encryption(key, as));
  return [
    await among('Encrypt, 32 B, by the administrator, whom no grant names', 'grants', all(), effort),
    await among('Encrypt, 32 B, by one whom a grant lets in', 'grants', all(grantee), effort),
    await listed('ListGrants', 'grants', keys.map(listing), effort),
  ];
}

/** A key with so many grants; the last is to the grantee. */
async function granted(count: number): Promise<Granted> {
  const sim = createKmsim({ seed });
  const KeyId = (await sim.as().createKey({})).KeyMetadata?.KeyId ?? '';
  for (let n = 1; n <= count; n++) {
    const GranteePrincipal = n === count ? grantee : `arn:aws:iam::000000000000:role/Other${n}`;
    await sim.as().createGrant({ KeyId, GranteePrincipal, Operations: ['Encrypt', 'Decrypt'] });
  }
  return { count, sim, KeyId };
}

function encryption({ KeyId, count, sim }: Granted, as: string | undefined): Among {
  const kms = sim.as(as);
  return {
    count,
    run: async (times) => {
      for (let n = 0; n < times; n++) {
        await kms.encrypt({ KeyId, Plaintext: plaintext, EncryptionContext: context });
      }
    },
  };
}

function listing({ KeyId, count, sim }: Granted): Listing {
  const kms = sim.as();
  return {
    count,
    page: async (Marker) => {
      const { Grants = [], NextMarker } = await kms.listGrants({
        KeyId,
        Limit: pageSize,
        ...(Marker !== undefined && { Marker }),
      });
      return { items: Grants.length, next: NextMarker };
    },
  };
}
