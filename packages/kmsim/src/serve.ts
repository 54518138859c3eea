// serve(sim): the simulation behind HTTP, for the AWS CLI, boto3, Ansible and everything else that speaks KMS.

import type { HttpDoor } from '@kmsim/wire/http';
import { afterMilliseconds } from '@kmsim/world';
import type { AdminServer } from './admin/admin-server.ts';
import { type CheckedSignatures, signatureForm } from './checked-signatures.ts';
import type { Kmsim } from './create-kmsim.ts';
import { identification, open, untilClosed } from './http-identification.ts';
import { inTurns, KeyPairTurns } from './key-pair-turns.ts';
import { KmsimError } from './kmsim-error.ts';
import { checkOptions, type Forms, isText, listOf } from './option-forms.ts';
import type { ServerTls } from './tls/server-tls.ts';
import { type TlsOption, tlsForm } from './tls/tls-option.ts';
import { whyNotServed } from './why-not-served.ts';

export interface ServeOptions {
  /** 4599 from the command line; a free port here when absent. */
  readonly port?: number;
  /** `127.0.0.1`, and `::1` where there is IPv6, when absent. Another host that is not loopback also needs `exposed`. */
  readonly host?: string;
  readonly exposed?: boolean;
  /** More names the Host header may have. */
  readonly allowedHosts?: readonly string[];
  /**
   * `strict` (default): every request is signed with one of the simulation's access keys.
   * `permissive`: nothing is checked; an access key id of 12 digits is the root user of that account, any other the administrator.
   */
  readonly credentials?: CheckedSignatures;
  /** A second port, of this machine alone, that moves the clock and resets the simulation: `true` takes a free one. Off when absent. docs/admin.md. */
  readonly admin?: true | number;
  /** HTTPS in place of HTTP. docs/https.md. */
  readonly tls?: TlsOption;
  /** Told of defects of kmsim. The client sees InternalFailure and no word of it. */
  readonly onInternalError?: (error: unknown) => void;
}

const forms: Forms<ServeOptions> = {
  port: { is: isPort, text: 'a whole number from 0 to 65535' },
  host: { is: isText, text: 'a name or an address' },
  exposed: { is: (value) => typeof value === 'boolean', text: 'true or false' },
  allowedHosts: listOf(isText, 'names'),
  credentials: signatureForm,
  admin: {
    is: (value) => value === true || isPort(value),
    text: 'true, or a port: a whole number from 0 to 65535',
    page: 'docs/admin.md',
  },
  tls: tlsForm,
  onInternalError: { is: (value) => typeof value === 'function', text: 'a function' },
};

function isPort(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 65_535;
}

export interface KmsimServer {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Environment variables that point AWS clients here. */
  readonly env: Readonly<Record<string, string>>;
  /** What is on and what is off, in one line. */
  readonly description: string;
  /** With `tls`: what clients are to trust, as PEM. Not where the certificate is your own. */
  readonly ca?: string;
  /** The admin port, where it was asked for. */
  readonly admin?: AdminServer;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function serve(sim: Kmsim, options: ServeOptions = {}): Promise<KmsimServer> {
  checkOptions('serve', options, forms);
  const { admin: wanted, allowedHosts, credentials = 'strict', exposed = false, host, onInternalError, port } = options;
  if (sim.closed) throw new KmsimError('Closed', 'The simulation is closed.');
  if (exposed && sim.seed !== undefined)
    throw new KmsimError('SeededAndExposed', 'A seeded simulation beyond loopback is refused.');
  // The HTTP door and the signer are loaded when somebody serves.
  const { serveHttp, urlHost } = await import('@kmsim/wire/http');
  const tls = await tlsOf(options);
  const turns = new KeyPairTurns((act) => afterMilliseconds(0, act));
  const door = await serveHttp(inTurns(sim, untilClosed(sim), turns), {
    host,
    port,
    exposed,
    tls: tls?.pair,
    allowedHosts,
    onInternalError,
    ready: () => !sim.closed,
    defaultRegion: sim.region,
    ...identification(sim, credentials),
    sts: {
      getCallerIdentity: (caller) => open(sim, () => sim.kms.sts.getCallerIdentity(caller)),
      assumeRole: (caller, input) => open(sim, () => sim.kms.sts.assumeRole(caller, input)),
    },
  }).catch((error: unknown) => {
    throw whyNotServed(error);
  });
  const admin = await adminOf(sim, wanted, onInternalError).catch(async (error: unknown) => {
    await door.close();
    throw whyNotServed(error);
  });
  const { accessKeyId, secretAccessKey } = sim.accessKeys.first();
  const url = tls === undefined ? door.url : `https://${urlHost(tls.host)}:${door.port}`;
  const close = async (): Promise<void> => {
    await Promise.all([door.close(), admin?.close()]);
  };
  return {
    url,
    host: door.host,
    port: door.port,
    env: {
      AWS_ENDPOINT_URL_KMS: url,
      AWS_ENDPOINT_URL_STS: url,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_REGION: sim.region,
      AWS_DEFAULT_REGION: sim.region,
      ...(tls?.caFile !== undefined && { AWS_CA_BUNDLE: tls.caFile, NODE_EXTRA_CA_CERTS: tls.caFile }),
    },
    description: describe(sim, door, credentials, admin, tls),
    ...(tls?.ca !== undefined && { ca: tls.ca }),
    ...(admin !== undefined && { admin }),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function tlsOf({ allowedHosts, host, tls }: ServeOptions): Promise<ServerTls | undefined> {
  if (tls === undefined) return undefined;
  const { tlsFor } = await import('./tls/server-tls.ts');
  return tlsFor(tls, host, allowedHosts);
}

async function adminOf(
  sim: Kmsim,
  wanted: true | number | undefined,
  onInternalError: ServeOptions['onInternalError'],
): Promise<AdminServer | undefined> {
  if (wanted === undefined) return undefined;
  const { serveAdmin } = await import('./admin/admin-server.ts');
  return serveAdmin(sim, { port: wanted === true ? 0 : wanted, onInternalError });
}

// Each word of it is tested.
function describe(
  sim: Kmsim,
  door: HttpDoor,
  credentials: string,
  admin: AdminServer | undefined,
  tls: ServerTls | undefined,
): string {
  const words = {
    // What was asked for, and what was opened beside it.
    bind: [door.host, ...door.addresses.slice(1)].join(','),
    signatures: credentials,
    authz: 'on',
    store: 'memory',
    rng: sim.seed === undefined ? 'csprng' : 'seeded',
    admin: admin === undefined ? 'off' : `127.0.0.1:${admin.port}`,
    clock: sim.kms.world.running ? 'running' : 'still',
    ...(sim.kms.consistency === 'eventual' && { consistency: 'eventual' }),
    ...(tls !== undefined && { tls: tls.ca === undefined ? 'own' : 'generated' }),
  };
  return Object.entries(words)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}
