// The records of custom key stores: plain data, never changed in place.

import type { ConnectionErrorCodeType, CustomKeyStoreType, XksProxyConnectivityType } from '../api/types.ts';

/** Milliseconds since the epoch. */
type Instant = number;

/** Where a key in a custom key store lives. */
export interface KeyStorePlace {
  /** Of the store. */
  readonly id: string;
  /** Its material in the CloudHSM cluster. */
  readonly backingKey?: { readonly id: string; readonly handle: number };
  /** Its key in the external key manager. */
  readonly xksKeyId?: string;
}

export type ConnectionState = 'DISCONNECTED' | 'CONNECTING' | 'CONNECTED' | 'DISCONNECTING' | 'FAILED';

export interface Connection {
  readonly state: ConnectionState;
  /** When what has begun ends. */
  readonly doneAt?: Instant;
  /** Of a store that failed, or will have failed when the time comes. */
  readonly errorCode?: ConnectionErrorCodeType;
  /** Sealed: the password that kmsuser gets when the store is connected. */
  readonly nextPassword?: string;
}

export interface ClusterUse {
  readonly id: string;
  readonly trustAnchor: string;
  /** The same for clusters that are made from backups of each other. */
  readonly backupHistory: string;
  /** Sealed: the password of kmsuser. */
  readonly password: string;
}

export interface ProxyUse {
  readonly connectivity: XksProxyConnectivityType;
  readonly endpoint: string;
  readonly path: string;
  readonly accessKeyId: string;
  /** Sealed: the raw secret access key. */
  readonly secret: string;
  readonly vpcEndpointServiceName?: string;
  readonly vpcEndpointServiceOwner?: string;
}

export interface CustomKeyStoreRecord {
  /** `cks-` and 17 hexadecimal digits. */
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly type: CustomKeyStoreType;
  readonly createdAt: Instant;
  /** Number of the request that made it: its place in lists. */
  readonly ordinal: number;
  readonly connection: Connection;
  readonly cluster?: ClusterUse;
  readonly proxy?: ProxyUse;
}

/** A VPC endpoint service in front of an external key store proxy. */
export interface EndpointServiceRecord {
  /** `com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d` */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly loadBalancer: 'network' | 'gateway';
  readonly availabilityZones: number;
  readonly acceptanceRequired: boolean;
  readonly allowedPrincipals: readonly string[];
  readonly privateDnsName: string;
  readonly privateDnsState: 'verified' | 'pendingVerification' | 'failed';
}
