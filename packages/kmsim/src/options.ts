// The options of createKmsim and their defaults.

import type { BackendName } from '@kmsim/hsm-core';
import type { KmsSnapshot, QuotaMode } from '@kmsim/kms';
import type { FaultPlan } from '@kmsim/world';
import type { AttestationRoots } from './attestation/roots.ts';
import type { EndpointServiceOptions } from './endpoint-services.ts';
import type { EndpointOptions } from './endpoints.ts';
import { anAccount, aRegion, aTracer, type Forms, isRecord, isText, listOf, oneOf } from './option-forms.ts';
import type { OrganizationOptions } from './organization.ts';
import type { NamedDocuments, PolicyDocument } from './policy-documents.ts';
import type { DrawnFaults } from './sim-faults.ts';
import type { QuotaOptions } from './sim-quotas.ts';
import { type TrailOptions, trailForm } from './sim-trail.ts';
import type { Telemetry } from './telemetry.ts';
import type { XksEndpoints } from './xks/xks-endpoints.ts';

/** What sim.snapshot() gives: plain data that JSON can carry. */
export interface KmsimSnapshot {
  readonly account: string;
  readonly region: string;
  readonly kms: KmsSnapshot;
  /** Base64 of what opens it, in one without a seed that was asked for with `plaintextKeys`. Secret. */
  readonly root?: string;
}

/** What sim.snapshot({ key }) gives: nothing of it can be read, and nothing changed, without the key. */
export interface SealedSnapshot {
  readonly format: string;
  /** Base64. */
  readonly sealed: string;
}

/** How a snapshot leaves the process. */
export interface SnapshotOptions {
  /** 32 bytes: AES-256-GCM, and it opens in every process that has them. */
  readonly key?: Uint8Array;
  /** Whoever reads it has every key, imported ones too. */
  readonly plaintextKeys?: true;
}

/** A user or a role, and what is attached to it. */
export interface IdentityOptions {
  readonly arn: string;
  /** Identity policies by name. */
  readonly policies?: NamedDocuments;
  /** The permissions boundary: what the identity policies give at most. */
  readonly boundary?: PolicyDocument;
  /** `aws:PrincipalTag/...` */
  readonly tags?: Readonly<Record<string, string>>;
  /** Of a role: its trust policy, which AssumeRole asks. Principals of its account, as their own policies allow, when absent. */
  readonly trust?: PolicyDocument;
}

/** An access key for clients that come over HTTP. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** ARN of whom it belongs to; the administrator when absent. */
  readonly as?: string;
}

/** A world that was described: loadWorld, readWorld and worldOf of `kmsim/world` make one. */
export interface KmsimWorld {
  /** The options of a simulation that begins with it. Called by createKmsim. */
  begin(options: KmsimOptions): KmsimOptions;
}

export interface KmsimOptions {
  /** Same seed, same bytes. Without one: the machine's clock and entropy. */
  readonly seed?: string | number;
  /** First instant of a seeded simulation: ISO 8601 text, a Date, or milliseconds. 2026-01-01T00:00:00Z when absent. */
  readonly start?: string | number | Date;
  /**
   * Of a seeded simulation: `'still'` (default) stands until you move it; `'running'` moves with the machine's from `start`, which is then now
   * when absent. Dates no longer repeat then, all else does. Without a seed it is running.
   */
  readonly clock?: 'still' | 'running';
  /** 12 digits; `000000000000` when absent. */
  readonly account?: string;
  /** `us-east-1` when absent. */
  readonly region?: string;
  /** The quickest one here when absent; both give the same bytes. */
  readonly backend?: BackendName;
  /** Users and roles. Whoever is not named here has no identity policy, and only what a key policy gives by name. */
  readonly identities?: readonly IdentityOptions[];
  /** The organization that accounts belong to. Without one no control policy limits them. */
  readonly organization?: OrganizationOptions;
  /** VPC endpoints that calls may come through. */
  readonly endpoints?: readonly EndpointOptions[];
  /** Opt-in Regions that the account has not enabled; none when absent. `sim.regions` changes them, also of other accounts. */
  readonly disabledRegions?: readonly string[];
  /** Where the endpoints of external key stores live: `{ 'https://xks.example.com': 'http://127.0.0.1:4600' }`, or an XksProxy. No other host is asked. */
  readonly xksEndpoints?: XksEndpoints;
  /** VPC endpoint services in front of proxies. */
  readonly vpcEndpointServices?: readonly EndpointServiceOptions[];
  /** Instead of the access key `test` with the secret `test`. */
  readonly accessKeys?: readonly AccessKey[];
  /**
   * How long a new grant works with its token only, and how long one that was retired or revoked goes on: `'5 minutes'`, `'PT5M'`, or
   * milliseconds. As `consistency` says when absent: both happen at once.
   */
  readonly grantDelay?: string | number;
  /**
   * `'eventual'`: as in the real service, authorization goes by a change of a grant, an alias, a tag or a key policy up to five minutes later,
   * on the simulation's clock. `'immediate'` when absent. See docs/consistency.md.
   */
  readonly consistency?: 'immediate' | 'eventual';
  /**
   * Root certificates (PEM or DER) of those who may sign attestation documents beside `sim.attestation`: that of AWS, or of your own authority. See
   * docs/nitro-enclaves.md.
   */
  readonly attestation?: AttestationRoots;
  /** Who and what is there from the beginning: `loadWorld('./kms.yaml')` of `kmsim/world`. The other options go before what it says. */
  readonly world?: KmsimWorld;
  /** Goes on where another simulation stood. */
  readonly snapshot?: KmsimSnapshot | SealedSnapshot;
  /** The 32 bytes that the snapshot was sealed with. */
  readonly snapshotKey?: Uint8Array;
  /** What goes wrong: a plan, or `{ draw: {} }` for one that is drawn from the seed. Nothing when absent; a snapshot brings its own. */
  readonly faults?: FaultPlan | DrawnFaults;
  /** What is done about quotas, `'meter'` when absent; a snapshot brings its own. `{ mode, set }` changes some of them. docs/quotas.md. */
  readonly quotas?: QuotaMode | QuotaOptions;
  /**
   * Writes down what happens: `sim.trace`. `'sha256'` keeps the hash alone, for long runs. `'inputs'`, with a seed, adds what went in: plaintexts, policies
   * and the seed stand in it, and `kmsim replay` plays the run again.
   */
  readonly trace?: boolean | 'sha256' | 'inputs';
  /** CreateKey heeds the tags `_custom_id_` and `_custom_key_material_`, as LocalStack does. docs/world-files.md */
  readonly localstackTags?: boolean;
  /** A tracer of OpenTelemetry, `trace.getTracer('my tests')`: each call is a span. See docs/opentelemetry.md. */
  readonly telemetry?: Telemetry;
  /** CloudTrail's events: `sim.trail`. The newest 100,000 are kept when absent; `'off'`: none. A snapshot has none. */
  readonly trail?: TrailOptions | 'off';
}

export const defaultAccount = '000000000000';
export const defaultRegion = 'us-east-1';
export const defaultAccessKey: AccessKey = { accessKeyId: 'test', secretAccessKey: 'test' };

export const kmsimOptionForms: Forms<KmsimOptions> = {
  seed: { is: (value) => typeof value === 'string' || Number.isFinite(value), text: 'text or a number' },
  // What is no instant has an error of its own.
  start: { is: () => true, text: 'an instant' },
  clock: oneOf('still', 'running'),
  account: anAccount,
  region: aRegion,
  backend: oneOf('native', 'portable'),
  identities: listOf((item) => isRecord(item) && isText(item['arn']), 'users and roles, each with its arn'),
  organization: { is: isRecord, text: 'an organization with its id' },
  endpoints: listOf(isRecord, 'VPC endpoints, each with its id and vpc'),
  disabledRegions: listOf(isText, 'opt-in Regions'),
  // What leads nowhere has an error of its own.
  xksEndpoints: {
    is: isRecord,
    text: "an object of endpoints ('https://xks.example.com') and where each lives",
    page: 'docs/xks-proxy.md',
  },
  vpcEndpointServices: {
    ...listOf(isRecord, 'VPC endpoint services, each with its name and privateDnsName'),
    page: 'docs/external-key-store.md',
  },
  accessKeys: listOf(isAccessKey, 'access keys, each with accessKeyId (letters and digits) and secretAccessKey'),
  // What is no duration has an error of its own.
  grantDelay: { is: () => true, text: 'a duration' },
  consistency: oneOf('immediate', 'eventual'),
  attestation: {
    is: (value) => isRecord(value) && !(value instanceof Uint8Array),
    text: 'an object with roots ({ roots: [pem] })',
    page: 'docs/nitro-enclaves.md',
  },
  world: {
    is: (value) => isRecord(value) && typeof value['begin'] === 'function',
    text: "a world of kmsim/world (loadWorld('./kms.yaml'), readWorld(text), worldOf({ keys }))",
    page: 'docs/world-files.md',
  },
  // What is no snapshot has an error of its own.
  snapshot: { is: () => true, text: 'a snapshot' },
  snapshotKey: {
    is: (value) => value instanceof Uint8Array && value.length === 32,
    text: 'a Uint8Array of 32 bytes',
  },
  // What is no plan has an error of its own.
  faults: { is: () => true, text: 'a fault plan' },
  // What is no mode has an error of its own.
  quotas: { is: () => true, text: 'a mode, or an object of options' },
  localstackTags: { is: (value) => typeof value === 'boolean', text: 'true or false' },
  telemetry: aTracer,
  trace: {
    is: (value) => typeof value === 'boolean' || value === 'sha256' || value === 'inputs',
    text: "true, false, 'sha256' or 'inputs'",
  },
  trail: trailForm,
};

// An id stands between slashes in a signature. https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKey.html
function isAccessKey(item: unknown): boolean {
  if (!isRecord(item)) return false;
  const { accessKeyId, secretAccessKey } = item;
  return typeof accessKeyId === 'string' && /^\w{1,128}$/.test(accessKeyId) && isText(secretAccessKey);
}

/** Who `sim` is when nobody else is named: may do everything in the account, as far as key policies delegate to it. */
export function administratorArn(account: string, partition: string): string {
  return `arn:${partition}:iam::${account}:user/administrator`;
}
export const administratorPolicy = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
} as const;
