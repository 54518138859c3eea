// Our public types are structural: the configuration and attach() take the clients of the oldest and the newest SDK, and no declaration
// names one. What compiles here is the test; of 3.0.0 only the types are looked at.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KMS, KMSClient, type KMSClientConfig } from '@aws-sdk/client-kms';
import type { KMSClient as OldestClient, KMSClientConfig as OldestConfig } from 'client-kms-3-0';
import { KMSClient as OldClient, type KMSClientConfig as OldConfig } from 'client-kms-3-496';
import { beforeAll, expect, expectTypeOf, test } from 'vitest';
import { createKmsim, type Kmsim, type SdkClientConfig } from '../src/index.ts';
import { buildTimeout, built } from './build.ts';

test('the configuration is one for clients of every version', () => {
  // Where a type is lost, everything extends it.
  expectTypeOf<OldestConfig['requestHandler']>().not.toBeAny();
  expectTypeOf<OldestConfig['credentials']>().not.toBeAny();
  expectTypeOf<OldConfig['requestHandler']>().not.toBeAny();
  expectTypeOf<SdkClientConfig>().toExtend<KMSClientConfig>();
  expectTypeOf<SdkClientConfig>().toExtend<OldConfig>();
  expectTypeOf<SdkClientConfig>().toExtend<OldestConfig>();
});

test('clients of every version can be attached', () => {
  type Attached = Parameters<Kmsim['attach']>[0];
  expectTypeOf<OldestClient['send']>().not.toBeAny();
  expectTypeOf<OldestClient['config']>().not.toBeAny();
  expectTypeOf<KMSClient>().toExtend<Attached>();
  expectTypeOf<OldClient>().toExtend<Attached>();
  expectTypeOf<OldestClient>().toExtend<Attached>();
  using sim = createKmsim();
  for (const client of [
    new KMSClient(sim.clientConfig()),
    new OldClient(sim.clientConfig()),
    new KMS(sim.clientConfig()),
  ]) {
    using attached = sim.attach(client);
    expect(attached).toBeDefined();
  }
});

let declarations: readonly (readonly [file: string, text: string])[] = [];

beforeAll(async () => {
  const packages = join(await built(), 'packages');
  const files = await Promise.all(
    (await readdir(packages)).map(async (name) => {
      const folder = join(packages, name, 'dist');
      const inside = await readdir(folder, { recursive: true }).catch(() => []);
      return inside.filter((file) => file.endsWith('.d.ts')).map((file) => join(folder, file));
    }),
  );
  declarations = await Promise.all(files.flat().map(async (file) => [file, await readFile(file, 'utf8')] as const));
}, buildTimeout);

const sdk = /(?:from|import\(|declare module|types=)\s*['"]@?(?:aws-sdk|smithy|aws-crypto|aws-lite)\b/;

test('no declaration that is published names a type of the SDK or of Smithy', () => {
  expect(declarations.length).toBeGreaterThan(100);
  expect(declarations.filter(([, text]) => sdk.test(text)).map(([file]) => file)).toEqual([]);
  expect("import('@smithy/types').HttpHandler").toMatch(sdk);
  expect("export type { A } from '@aws-sdk/client-kms'").toMatch(sdk);
});
