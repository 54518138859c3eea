// serve(sim): the simulation behind HTTP, for the AWS CLI, boto3, Ansible and everything else that speaks KMS.

import { machineNow } from '@kmsim/world';
import type { Kmsim } from './create-kmsim.ts';
import { KmsimError } from './kmsim-error.ts';
import { principalOf } from './principals.ts';

export interface ServeOptions {
  /** 4599 from the command line; a free port here when absent. */
  readonly port?: number;
  /** `127.0.0.1` when absent. Another host that is not loopback also needs `exposed`. */
  readonly host?: string;
  readonly exposed?: boolean;
  /** More names the Host header may have. */
  readonly allowedHosts?: readonly string[];
  /**
   * `strict` (default): every request is signed with one of the simulation's access keys.
   * `permissive`: nothing is checked; an access key id of 12 digits is the root user of that account, any other the administrator.
   */
  readonly credentials?: 'strict' | 'permissive';
}

export interface KmsimServer {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Environment variables that point AWS clients here. */
  readonly env: Readonly<Record<string, string>>;
  /** What is on and what is off, in one line. */
  readonly description: string;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function serve(sim: Kmsim, options: ServeOptions = {}): Promise<KmsimServer> {
  const { allowedHosts, credentials = 'strict', exposed = false, host, port } = options;
  if (exposed && sim.seed !== undefined)
    throw new KmsimError('SeededAndExposed', 'A seeded simulation beyond loopback is refused.');
  // The HTTP door and the signer are loaded when somebody serves.
  const { serveHttp } = await import('@kmsim/wire/http');
  const administrator = sim.caller().principal;
  const door = await serveHttp(sim.kms, {
    host,
    port,
    exposed,
    allowedHosts,
    defaultRegion: sim.region,
    signatureClock: machineNow,
    credentials:
      credentials === 'strict'
        ? { mode: 'strict', lookup: (id) => sim.accessKeys.get(id) }
        : { mode: 'permissive', principalFor: (id) => accountRoot(id) ?? administrator },
  });
  const { accessKeyId, secretAccessKey } = sim.accessKeys.first();
  return {
    url: door.url,
    host: door.host,
    port: door.port,
    env: {
      AWS_ENDPOINT_URL_KMS: door.url,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_REGION: sim.region,
      AWS_DEFAULT_REGION: sim.region,
    },
    description: `bind=${door.host} signatures=${credentials} authz=on store=memory rng=${sim.seed === undefined ? 'csprng' : 'seeded'} admin=off`,
    close: () => door.close(),
    [Symbol.asyncDispose]: () => door.close(),
  };
}

function accountRoot(accessKeyId: string | undefined): ReturnType<typeof principalOf> | undefined {
  return accessKeyId !== undefined && /^\d{12}$/.test(accessKeyId)
    ? principalOf(`arn:aws:iam::${accessKeyId}:root`)
    : undefined;
}
