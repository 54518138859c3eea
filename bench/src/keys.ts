// Simulations with keys in them, for suites to call.

import { createKmsim, type Kmsim, type KmsimOptions, type KmsMethods } from 'kmsim';

/** The four forms of a key's name. */
export interface KeyNames {
  readonly id: string;
  readonly arn: string;
  readonly alias: string;
  readonly aliasArn: string;
}

export interface Prepared {
  readonly sim: Kmsim;
  readonly kms: KmsMethods;
  readonly keys: readonly KeyNames[];
}

export const seed = 'bench';
export const context: Readonly<Record<string, string>> = { tenant: 'example-corporation', purpose: 'order-archive' };

/** A simulation, its administrator, and keys with an alias each. */
export async function prepare(options: KmsimOptions, count: number): Promise<Prepared> {
  const sim = createKmsim(options);
  const kms = sim.as();
  const keys: KeyNames[] = [];
  for (let number = 0; number < count; number++) {
    const { KeyMetadata } = await kms.createKey({});
    const { Arn: arn = '', KeyId: id = '' } = KeyMetadata ?? {};
    const alias = `alias/bench-${number}`;
    await kms.createAlias({ AliasName: alias, TargetKeyId: id });
    keys.push({ id, arn, alias, aliasArn: arn.replace(/key\/.*/, alias) });
  }
  return { sim, kms, keys };
}

/** The n-th of a list that starts again at its end. */
export function nth<Item>(items: readonly Item[], n: number): Item {
  return items[n % items.length] as Item;
}
