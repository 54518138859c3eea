// What a call can reach: the parts of one simulated KMS.

import type { Vault } from '@kmsim/hsm-core';
import type { World } from '@kmsim/world';
import type { Agenda } from './agenda/agenda.ts';
import type { Attestation } from './attestation/attestation.ts';
import type { ServiceEvents } from './audit/service-event.ts';
import type { FaultLog } from './faults/fault-log.ts';
import type { Endpoints } from './identity/endpoints.ts';
import type { Identities } from './identity/identities.ts';
import type { Organizations } from './identity/organizations.ts';
import type { Clusters } from './key-stores/clusters.ts';
import type { XksTransport } from './key-stores/xks-transport.ts';
import type { Network } from './multi-region/network.ts';
import type { Throttler } from './quotas/throttler.ts';
import type { Consistency } from './state/consistency.ts';
import type { FixedKeys } from './state/fixed-key.ts';
import type { GrantTokens } from './state/grant-tokens.ts';
import type { Markers } from './state/markers.ts';
import type { PolicyCache } from './state/policies.ts';
import type { State } from './state/state.ts';
import type { Tracer } from './trace/tracer.ts';

export interface Engine {
  readonly world: World;
  readonly vault: Vault;
  readonly state: State;
  readonly agenda: Agenda;
  readonly identities: Identities;
  readonly organizations: Organizations;
  readonly endpoints: Endpoints;
  readonly policies: PolicyCache;
  readonly markers: Markers;
  readonly grantTokens: GrantTokens;
  readonly attestation: Attestation;
  /** Milliseconds until everybody knows of a new grant, and until everybody knows that one is gone; undefined: as `consistency` says. */
  readonly grantPropagation: number | undefined;
  readonly consistency: Consistency;
  readonly faultLog: FaultLog;
  /** Writes down what happens, where somebody wants a trace. */
  readonly tracer: Tracer | undefined;
  /** Where the service's own events are noted, where somebody wants a trail. */
  readonly trail: ServiceEvents | undefined;
  readonly network: Network;
  /** Counts requests on their quotas. */
  readonly throttler: Throttler;
  /** CloudHSM clusters, and what KMS does in them. */
  readonly clusters: Clusters;
  /** The way to external key store proxies; undefined where none can be reached. */
  readonly xks: XksTransport | undefined;
  /** Says which id and material a new key has, where that is not left to chance. */
  readonly fixedKeys: FixedKeys | undefined;
  /** Numbers requests, so that their ids need not be made before somebody reads them. */
  nextRequest(): number;
}
