// What a world file says, once it is read. docs/world-files.md

import type { GrantOperation, KeySpec, KeyUsageType } from '@kmsim/kms';
import type { KmsimOptions } from '../options.ts';
import type { PolicyDocument } from '../policy-documents.ts';

/** Material of a key, in one of these forms. */
export interface MaterialContent {
  /** Of a key pair: its private key, PKCS#8, or as OpenSSL wrote it before (EC PRIVATE KEY, RSA PRIVATE KEY). */
  readonly pem?: string;
  /** The bytes of an AES or HMAC key; of a key pair its private key as DER. */
  readonly hex?: string;
  readonly base64?: string;
  /** Of a key pair: the 32 bytes it grows from, as hexadecimal digits, as an export has them. */
  readonly seed?: string;
  /** A file in the folder of the world file, or below: PEM, or the bytes. */
  readonly file?: string;
}

export interface GrantContent {
  readonly name?: string;
  /** ARN of a principal, or a service (`s3.amazonaws.com`). */
  readonly grantee: string;
  readonly retiring?: string;
  readonly operations: readonly GrantOperation[];
  readonly encryptionContextEquals?: Readonly<Record<string, string>>;
  readonly encryptionContextSubset?: Readonly<Record<string, string>>;
  /** For a grant to a service: the resource it works for. */
  readonly sourceArn?: string;
}

/** What a key and each of its replicas has for itself. */
interface OwnContent {
  readonly description?: string;
  /** `alias/app` */
  readonly aliases?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  /** The default key policy when absent. */
  readonly policy?: PolicyDocument;
  readonly grants?: readonly GrantContent[];
  readonly enabled?: boolean;
}

export interface ReplicaContent extends OwnContent {
  readonly region: string;
}

export interface KeyContent extends OwnContent {
  /** A UUID, or `mrk-` and 32 hexadecimal digits of a multi-Region key. From the seed when absent. */
  readonly id?: string;
  readonly account?: string;
  readonly region?: string;
  /** `SYMMETRIC_DEFAULT` when absent. */
  readonly spec?: KeySpec;
  /** The only one of the spec when absent. */
  readonly usage?: KeyUsageType;
  readonly origin?: 'AWS_KMS' | 'EXTERNAL';
  readonly multiRegion?: boolean;
  readonly replicas?: readonly (string | ReplicaContent)[];
  /** Several: the key was rotated, the last is in use. From the seed when absent; of a key with origin EXTERNAL: it awaits its import. */
  readonly material?: MaterialContent | readonly MaterialContent[];
  /** Automatic rotation after so many days. */
  readonly rotationDays?: number;
  /** The key is to be deleted in so many days. */
  readonly deletionDays?: number;
}

export interface AccountContent {
  readonly disabledRegions?: readonly string[];
}

/** The options of createKmsim that a world file may have, under the same names. */
export const worldOptions = [
  'seed',
  'start',
  'clock',
  'account',
  'region',
  'consistency',
  'grantDelay',
  'quotas',
  'faults',
  'identities',
  'accessKeys',
  'organization',
  'endpoints',
  'disabledRegions',
] as const;

export type WorldOptions = Pick<KmsimOptions, (typeof worldOptions)[number]>;

export interface WorldContent extends WorldOptions {
  /** Of the format: 1. */
  readonly version?: 1;
  /** What is to be said of accounts beside the simulation's own. */
  readonly accounts?: Readonly<Record<string, AccountContent>>;
  readonly keys?: readonly KeyContent[];
}
