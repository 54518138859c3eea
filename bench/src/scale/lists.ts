// Many aliases, one for each key.

import type { KmsMethods } from 'kmsim';
import { prepare, seed } from '../keys.ts';
import type { Effort, Table } from '../suite.ts';
import { type Among, among, type Listing, listed, pageSize } from './among.ts';

// Beside a million keys of another table these would be a million more.
const most = 100_000;

export async function aliases(effort: Effort): Promise<readonly Table[]> {
  const listings: Listing[] = [];
  const calls: Among[] = [];
  for (const count of effort.callCounts.filter((one) => one <= most)) {
    const { keys, kms } = await prepare({ seed }, count);
    listings.push({ count, page: (marker) => page(kms, marker) });
    calls.push({
      count,
      run: async (times) => {
        for (let n = 0; n < times; n++) await kms.describeKey({ KeyId: keys[n % 10]?.alias ?? '' });
      },
    });
  }
  return [
    await among('DescribeKey by an alias, always the same ten', 'aliases', calls, effort),
    await listed('ListAliases', 'aliases', listings, effort),
  ];
}

async function page(kms: KmsMethods, Marker: string | undefined): ReturnType<Listing['page']> {
  const { Aliases = [], NextMarker } = await kms.listAliases({
    Limit: pageSize,
    ...(Marker !== undefined && { Marker }),
  });
  return { items: Aliases.length, next: NextMarker };
}
