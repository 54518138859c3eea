// Doors for tests: opened on a free port of this machine, closed behind each test.

import { afterEach, expect } from 'vitest';
import type { HttpCredential } from '../src/http-caller.ts';
import { type HttpDoorOptions, serveHttp } from '../src/http-door.ts';
import type { HttpDoor } from '../src/http-server.ts';
import { alice, type KmsDouble } from './kms-double.ts';

const { principal } = alice;
const credential: HttpCredential = { secretAccessKey: 'secret', principal };
const keys = new Map([['test', credential]]);

export const strict: HttpDoorOptions = {
  credentials: { mode: 'strict', lookup: (id) => keys.get(id) },
  defaultRegion: 'us-east-1',
  signatureClock: () => Date.now(),
};

export const permissive: HttpDoorOptions = {
  ...strict,
  credentials: { mode: 'permissive', principalFor: () => principal },
};

const opened: { close(): unknown }[] = [];

/** Closes it after the test. */
export function cleanup<T extends { close(): unknown }>(resource: T): T {
  opened.push(resource);
  return resource;
}

/** To be called once by every file that opens doors. */
export function closeAfterEach(): void {
  afterEach(async () => {
    for (const resource of opened.splice(0).reverse()) await resource.close();
  });
}

export async function serve(kms: KmsDouble, options: HttpDoorOptions = permissive): Promise<HttpDoor> {
  return cleanup(await serveHttp(kms, options));
}

/** That the server still answers, whatever was done to it. */
export async function alive(door: HttpDoor): Promise<void> {
  expect((await fetch(`${door.url}/health`)).status).toBe(200);
}
