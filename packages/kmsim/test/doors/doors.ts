// The doors of a simulation, one like the other: each gives the operations as methods, for a principal and a Region.

import * as latest from '@aws-sdk/client-kms';
import * as old from 'client-kms-3-496';
import { test } from 'vitest';
import {
  type CallerOptions,
  createKmsim,
  type KmsError,
  type Kmsim,
  type KmsimOptions,
  type KmsMethods,
} from '../../src/index.ts';

export const app = 'arn:aws:iam::000000000000:role/App';
export const stranger = 'arn:aws:iam::000000000000:role/Stranger';
/** The root user of another account. */
export const neighbour = 'arn:aws:iam::111122223333:root';

export const accessKeys = [
  { accessKeyId: 'test', secretAccessKey: 'test' },
  { accessKeyId: 'AKIAAPP', secretAccessKey: 'app secret/+=', as: app },
  { accessKeyId: 'AKIASTRANGER', secretAccessKey: 'stranger secret', as: stranger },
  { accessKeyId: 'AKIANEIGHBOUR', secretAccessKey: 'neighbour secret', as: neighbour },
] as const;

/** A simulation and the way in. */
export interface House extends AsyncDisposable {
  readonly sim: Kmsim;
  client(options?: CallerOptions): KmsMethods;
}

/** What not every door has. */
export type Feature = 'request ids' | 'paginators' | 'operations of 2024' | 'every context pair';

export interface Door {
  readonly name: string;
  /** Why the door lacks something. */
  readonly gaps: Partial<Readonly<Record<Feature, string>>>;
  readonly sdk?: typeof latest;
  open(options?: KmsimOptions): Promise<House>;
}

/** A test of one door; where it lacks what the test needs, it is skipped and says why. */
export function scenario(door: Door, name: string, run: () => Promise<void>, ...needs: readonly Feature[]): void {
  const gap = needs.map((feature) => door.gaps[feature]).find((reason) => reason !== undefined);
  if (gap === undefined) test(name, run);
  else test.skip(`${name} (skipped: ${gap})`, run);
}

export function simulation(options: KmsimOptions): Kmsim {
  return createKmsim({ seed: 'doors', accessKeys, identities: [{ arn: app }, { arn: stranger }], ...options });
}

const direct: Door = {
  name: 'direct',
  gaps: { 'request ids': 'an answer in process carries no request id', paginators: 'paginators belong to the SDK' },
  open: async (options = {}) => {
    const sim = simulation(options);
    const client = ({ as, ...rest }: CallerOptions = {}): KmsMethods => sim.as(as, rest);
    return { sim, client, [Symbol.asyncDispose]: async () => sim.close() };
  },
};

// Both versions have a method for each operation, with the members of the same API.
export type Sdk = { readonly KMS: new (config: object) => { destroy(): void } };

export function house(
  sim: Kmsim,
  sdk: Sdk,
  config: (options: CallerOptions) => object,
  end: () => Promise<void>,
  begin: (client: object, options: CallerOptions) => void = () => {},
): House {
  const clients: { destroy(): void }[] = [];
  const client = (options: CallerOptions = {}): KmsMethods => {
    const made = new sdk.KMS(config(options));
    clients.push(made);
    begin(made, options);
    return made as unknown as KmsMethods;
  };
  const dispose = async (): Promise<void> => {
    for (const made of clients) made.destroy();
    await end();
    sim.close();
  };
  return { sim, client, [Symbol.asyncDispose]: dispose };
}

function inProcess(name: string, sdk: Sdk, gaps: Door['gaps']): Door {
  const open: Door['open'] = async (options = {}) => {
    const sim = simulation(options);
    return house(
      sim,
      sdk,
      (caller) => sim.clientConfig(caller),
      async () => {},
    );
  };
  return { name, gaps, sdk: sdk as unknown as typeof latest, open };
}

// Clients as a program under test makes them: they know of a Region, and of nobody who calls.
function attached(name: string, sdk: Sdk, gaps: Door['gaps']): Door {
  const open: Door['open'] = async (options = {}) => {
    const sim = simulation(options);
    return house(
      sim,
      sdk,
      ({ region = sim.region }) => ({ region, maxAttempts: 1 }),
      async () => {},
      (client, caller) => sim.attach(client as latest.KMS, caller),
    );
  };
  return { name, gaps, sdk: sdk as unknown as typeof latest, open };
}

export const oldGaps: Door['gaps'] = {
  'operations of 2024': 'SDK 3.496.0 is older than the operation',
  'every context pair': 'SDK 3.496.0 drops the pair before it sends the request',
};

/** What also a browser has. */
export const doorsInProcess: readonly Door[] = [
  direct,
  inProcess('SDK 3.1162.0 in process', latest, {}),
  inProcess('SDK 3.496.0 in process', old, oldGaps),
  attached('SDK 3.1162.0 attached', latest, {}),
  attached('SDK 3.496.0 attached', old, oldGaps),
];

export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
}

/** The error that a call ends with, whichever door it came through. */
export async function failureOf(call: Promise<unknown>): Promise<Failure> {
  try {
    await call;
  } catch (error) {
    const { $metadata, message, name, status } = error as KmsError & {
      readonly $metadata?: latest.KMSServiceException['$metadata'];
    };
    return { name, message, status: $metadata?.httpStatusCode ?? status, requestId: $metadata?.requestId };
  }
  throw new Error('the call was expected to fail');
}

/** A new key, by all four forms of its name. */
export async function keyWithNames(
  kms: KmsMethods,
  alias = 'alias/app/orders',
): Promise<{ id: string; arn: string; names: string[] }> {
  const { KeyMetadata } = await kms.createKey({ Description: 'orders' });
  const { Arn: arn = '', KeyId: id = '' } = KeyMetadata ?? {};
  await kms.createAlias({ AliasName: alias, TargetKeyId: id });
  return { id, arn, names: [id, arn, alias, arn.replace(`key/${id}`, alias)] };
}

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
export const text = (data: Uint8Array | undefined): string => new TextDecoder().decode(data);
