// The records of the service: plain data, never changed in place.

import type { KeySpec, KeyUsage } from '@kmsim/hsm-core';
import type { Delivery, Membership, Message } from '@kmsim/multi-region';
import type { GrantOperation } from '../api/types.ts';
import type { KeyOrigin } from '../tables/key-states.ts';
import type { CustomKeyStoreRecord, EndpointServiceRecord, KeyStorePlace } from './key-store-records.ts';

/** Milliseconds since the epoch. */
export type Instant = number;

export interface Tag {
  readonly TagKey: string;
  readonly TagValue: string;
}

/** A tag of a key, with its place in the list: it stays when the tag is overwritten and outlives the tags before it. */
export interface TagRecord extends Tag {
  readonly ordinal: number;
}

/** One version of a key's material. */
export interface MaterialVersion {
  readonly id: string;
  /** How it became current; absent for the first. */
  readonly rotation: { readonly type: 'AUTOMATIC' | 'ON_DEMAND'; readonly at: Instant } | undefined;
  /** Of material that was imported. */
  readonly imported?: Imported;
}

export interface Imported {
  /** False once it was deleted or has expired; it can come again. */
  readonly isHere: boolean;
  readonly description?: string;
  /** Undefined: never. */
  readonly expiresAt: Instant | undefined;
}

export interface AutomaticRotation {
  readonly periodDays: number;
  readonly next: Instant;
}

/** A rotation that has begun. */
export interface Rotation {
  readonly material: string;
  readonly startedAt: Instant;
  /** Of a key with replicas not before every one of them has the material. */
  readonly doneAt: Instant;
  /** Else on demand. */
  readonly automatic?: true;
}

export interface KeyDeletion {
  /** Undefined while a primary waits for the end of its replicas: the window has not begun. */
  readonly at: Instant | undefined;
  readonly windowDays: number;
}

/** A value that authorization goes on using until an instant, although the record has another one. */
export interface Former<Value> {
  readonly value: Value;
  readonly until: Instant;
}

/** What authorization still uses of a key: the oldest first, each until a later instant than the one before. */
export interface FormerValues {
  readonly policy?: readonly Former<string>[];
  readonly tags?: readonly Former<readonly TagRecord[]>[];
  /** The names of the aliases that pointed at the key. */
  readonly aliases?: readonly Former<readonly string[]>[];
}

export interface KeyRecord {
  readonly arn: string;
  readonly id: string;
  readonly account: string;
  readonly region: string;
  /** Position among all keys, in order of creation. */
  readonly ordinal: number;
  readonly createdAt: Instant;
  readonly manager: 'CUSTOMER' | 'AWS';
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
  readonly origin: KeyOrigin;
  readonly description: string;
  /** What EnableKey and DisableKey set; the key's state is a function of the whole record. */
  readonly enabled: boolean;
  /** Of a multi-Region key: what this one knows of its relatives. */
  readonly replicas: Membership | undefined;
  readonly policy: string;
  /** In order of first insertion (recording update-and-add-tags). */
  readonly tags: readonly TagRecord[];
  /** Oldest first. */
  readonly materials: readonly MaterialVersion[];
  readonly currentMaterial: string | undefined;
  /** Imported and not used yet: it becomes current at the next rotation. */
  readonly pendingMaterial: MaterialVersion | undefined;
  readonly rotation: AutomaticRotation | undefined;
  readonly rotating: Rotation | undefined;
  /** On-demand rotations so far: the quota counts a key's whole life. */
  readonly onDemandRotations: number;
  readonly deletion: KeyDeletion | undefined;
  /** Only where changes take their time to spread. */
  readonly former?: FormerValues;
  /** Of a key in a custom key store. */
  readonly customKeyStore?: KeyStorePlace;
}

export interface AliasRecord {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** ARN of the key. */
  readonly target: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

type ContextPairs = readonly (readonly [key: string, value: string])[];

/** A grant in the form in which authorization reads it. What it has not got, it has no member for. */
export interface GrantRecord {
  /** 64 hexadecimal digits. */
  readonly id: string;
  /** ARN of the key. */
  readonly key: string;
  readonly region: string;
  /** Number of the request that made it: its place in lists. */
  readonly ordinal: number;
  readonly createdAt: Instant;
  readonly name?: string;
  /** An ARN, or the name of a service. */
  readonly grantee: string;
  /** As the grantee. */
  readonly retiring?: string;
  /** The account in which it was made, as the ARN of its root user. */
  readonly issuingAccount: string;
  readonly operations: readonly GrantOperation[];
  readonly constraints?: {
    readonly encryptionContextEquals?: ContextPairs;
    readonly encryptionContextSubset?: ContextPairs;
    readonly sourceArn?: string;
  };
  /** The instant from which it works without its token; absent: at once. */
  readonly activeAt?: Instant;
  /** It was retired or revoked, and works until then. */
  readonly endsAt?: Instant;
}

/** The last successful cryptographic operation on a key. */
export interface UsageRecord {
  readonly operation: string;
  readonly at: Instant;
  /** Number of the request; its ids follow from it. */
  readonly request: number;
}

export interface PolicyText {
  readonly name: string;
  readonly text: string;
}

/** A user or a role, and what is attached to it. */
export interface IdentityRecord {
  readonly arn: string;
  readonly policies: readonly PolicyText[];
  /** The text of its permissions boundary. */
  readonly boundary?: string;
  readonly tags?: readonly (readonly [name: string, value: string])[];
  /** A role's trust policy: who may assume it. */
  readonly trust?: string;
}

/** An account in an organization: its place, and what is attached there and above. */
export interface MembershipRecord {
  readonly account: string;
  readonly organization: string;
  /** From the organization down, as aws:PrincipalOrgPaths has it: `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`. */
  readonly path: string;
  /** Service control policies, level by level from the root down; absent for the management account, which they do not limit. */
  readonly serviceControls?: readonly (readonly PolicyText[])[];
  /** Resource control policies of all levels; absent for the management account. */
  readonly resourceControls?: readonly PolicyText[];
}

/** A VPC endpoint for KMS. */
export interface EndpointRecord {
  readonly id: string;
  readonly vpc: string;
  readonly account: string;
  /** Absent: the one that allows everything. */
  readonly policy?: string;
}

/** A Region that an account has not enabled. */
export interface DisabledRegionRecord {
  readonly account: string;
  readonly region: string;
}

/** A message between related keys on its way. */
export interface DeliveryRecord extends Delivery {
  readonly dueAt: Instant;
}

/** A message between related keys that is sent again until its arrival is confirmed. */
export interface LetterRecord {
  readonly from: string;
  readonly to: string;
  readonly keyId: string;
  readonly message: Message;
  readonly retryAt: Instant;
  /** How often it was sent. */
  readonly tries: number;
}

export interface Tables {
  /** By key ARN. */
  readonly keys: KeyRecord;
  /** By alias ARN. */
  readonly aliases: AliasRecord;
  /** By key ARN. */
  readonly usages: UsageRecord;
  /** By principal ARN, a role's without its path. */
  readonly identities: IdentityRecord;
  /** By grant id. */
  readonly grants: GrantRecord;
  /** By account. */
  readonly memberships: MembershipRecord;
  /** By endpoint id. */
  readonly endpoints: EndpointRecord;
  /** By account and Region. */
  readonly disabledRegions: DisabledRegionRecord;
  /** By key id, way, message and instant of sending. */
  readonly deliveries: DeliveryRecord;
  /** By key id and way: the latest is the one to keep. */
  readonly letters: LetterRecord;
  /** By id. */
  readonly keyStores: CustomKeyStoreRecord;
  /** By name. */
  readonly endpointServices: EndpointServiceRecord;
}

export type TableName = keyof Tables;
export const tableNames: readonly TableName[] = [
  'keys',
  'aliases',
  'usages',
  'identities',
  'grants',
  'memberships',
  'endpoints',
  'disabledRegions',
  'deliveries',
  'letters',
  'keyStores',
  'endpointServices',
];
/** Tables that snapshots of before do not have. */
export const laterTables: readonly TableName[] = ['keyStores', 'endpointServices'];
