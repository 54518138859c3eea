// Aliases and grants.

import { nth } from '../keys.ts';
import { given, type Measurements, newKey, newPlace, type Place, pair } from './measured.ts';

type Names =
  | 'CreateAlias'
  | 'DeleteAlias'
  | 'UpdateAlias'
  | 'ListAliases'
  | 'CreateGrant'
  | 'RevokeGrant'
  | 'RetireGrant'
  | 'ListGrants'
  | 'ListRetirableGrants';

const administrator = 'arn:aws:iam::000000000000:user/administrator';
const grantee = 'arn:aws:iam::000000000000:role/App';
// A key has 50 aliases at most: https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
const aliases = 20;
const grants = 20;

interface Given {
  readonly KeyId: string;
  readonly GrantId: string;
}

export async function namesAndGrants(): Promise<Measurements<Names>> {
  const place = newPlace();
  const { kms, sim } = place;
  const KeyId = await newKey(place);
  const other = await newKey(place);
  const naming = pair(
    aliases,
    (n) => kms.createAlias({ AliasName: `alias/bench-${n}`, TargetKeyId: KeyId }),
    (n) => kms.deleteAlias({ AliasName: `alias/bench-${n}` }),
  );
  await kms.createAlias({ AliasName: 'alias/moving', TargetKeyId: KeyId });
  const granted = await newKey(place);
  await giveAll(place, granted, 10);
  const arn = given((await kms.describeKey({ KeyId: granted })).KeyMetadata?.Arn).replace(/key\/.*/, 'key/');
  let [toRevoke, toRetire]: [readonly Given[], readonly Given[]] = [[], []];
  let fresh = '';
  return {
    CreateAlias: naming.does,
    DeleteAlias: naming.undoes,
    UpdateAlias: {
      run: (n) => kms.updateAlias({ AliasName: 'alias/moving', TargetKeyId: n % 2 === 0 ? other : KeyId }),
    },
    ListAliases: { run: () => kms.listAliases({ Limit: 10 }) },
    CreateGrant: {
      most: grants,
      before: async () => {
        fresh = await newKey(place);
      },
      run: () => give(place, fresh),
    },
    RevokeGrant: {
      most: grants,
      before: async (times) => {
        toRevoke = await giveAll(place, await newKey(place), times);
      },
      run: (n) => kms.revokeGrant(nth(toRevoke, n)),
    },
    RetireGrant: {
      most: grants,
      before: async (times) => {
        const all = await giveAll(place, await newKey(place), times);
        toRetire = all.map(({ GrantId, KeyId: id }) => ({ GrantId, KeyId: arn + id }));
      },
      run: (n) => kms.retireGrant(nth(toRetire, n)),
    },
    ListGrants: { run: () => kms.listGrants({ KeyId: granted, Limit: 10 }) },
    ListRetirableGrants: {
      run: () => sim.as().listRetirableGrants({ RetiringPrincipal: administrator, Limit: 10 }),
    },
  };
}

async function give({ kms }: Place, KeyId: string): Promise<Given> {
  const { GrantId } = await kms.createGrant({
    KeyId,
    GranteePrincipal: grantee,
    RetiringPrincipal: administrator,
    Operations: ['Encrypt', 'Decrypt'],
  });
  return { KeyId, GrantId: given(GrantId) };
}

async function giveAll(place: Place, KeyId: string, count: number): Promise<readonly Given[]> {
  const all: Given[] = [];
  for (let n = 0; n < count; n++) all.push(await give(place, KeyId));
  return all;
}
