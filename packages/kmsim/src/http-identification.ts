// Who calls over HTTP, as a simulation knows them, and what becomes of calls once it has ended.

import { type Caller, type Kms, type KmsError, kmsError, partitionOf } from '@kmsim/kms';
import type { Service } from '@kmsim/wire';
import type { HttpCredential, Identification } from '@kmsim/wire/http';
import { machineNow } from '@kmsim/world';
import type { CheckedSignatures } from './checked-signatures.ts';
import { type AccessKeys, principalOf } from './principals.ts';

/** What of a simulation answers requests that come over HTTP. */
export interface Served {
  readonly closed: boolean;
  readonly kms: Kms;
  readonly service: Service;
  readonly accessKeys: AccessKeys;
  administrator(region: string): Caller['principal'];
}

export function identification(
  sim: Served,
  checked: CheckedSignatures,
): Pick<Identification, 'away' | 'credentials' | 'signatureClock'> {
  // Asked for each time: a rewound simulation has another engine.
  const temporary = (id: string): HttpCredential | undefined => {
    const { sts } = sim.kms;
    const credential = sts.credential(id);
    return credential && { ...credential, expired: sts.isExpired(credential) };
  };
  return {
    signatureClock: machineNow,
    away: () => (sim.closed ? isClosed() : undefined),
    credentials:
      checked === 'strict'
        ? { mode: 'strict', lookup: (id) => sim.accessKeys.get(id) ?? temporary(id) }
        : {
            mode: 'permissive',
            lookup: temporary,
            principalFor: (id, region) => accountRoot(id, region) ?? sim.administrator(region),
          },
  };
}

/** Over HTTP a simulation that has ended is a service that is away, not one that is broken. */
export function untilClosed(sim: Served): Service {
  return {
    ...sim.service,
    dispatch: (visit) => open(sim, () => sim.service.dispatch(visit)),
  };
}

export function open<Answer>(sim: Served, answer: () => Answer): Answer {
  if (sim.closed) throw isClosed();
  return answer();
}

function isClosed(): KmsError {
  return kmsError('ServiceUnavailable', 'The simulation is closed.');
}

function accountRoot(accessKeyId: string | undefined, region: string): Caller['principal'] | undefined {
  return accessKeyId !== undefined && /^\d{12}$/.test(accessKeyId)
    ? principalOf(`arn:${partitionOf(region)}:iam::${accessKeyId}:root`)
    : undefined;
}
