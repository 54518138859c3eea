// The engine behind a simulation: made from the options, and made anew where a fork or a rewind goes on from the past.

import { type Backend, chooseBackend } from '@kmsim/hsm-core';
import { createKms, FaultLog, type Kms, type KmsOptions, localstackTags, Trail } from '@kmsim/kms';
import type { Trace } from '@kmsim/world';
import { loadAttestation } from './attestation/load-library.ts';
import { rootsOf } from './attestation/roots.ts';
import { KmsimError } from './kmsim-error.ts';
import type { KmsimOptions, KmsimSnapshot } from './options.ts';
import { durationOf } from './sim-clock.ts';
import type { Past } from './sim-marks.ts';
import { quotaSettings } from './sim-quotas.ts';
import { newTrace } from './sim-trace.ts';
import { newTrail } from './sim-trail.ts';
import { restore, type WorldOptions, worldFor } from './sim-world.ts';
import { xksTransport } from './xks/xks-transport.ts';

/** What is configuration and in no snapshot. */
const configured = [
  'accessKeys',
  'attestation',
  'backend',
  'consistency',
  'grantDelay',
  'localstackTags',
  'telemetry',
  'trail',
  'xksEndpoints',
] as const;
type Configuration = Pick<KmsimOptions, (typeof configured)[number]>;

export interface Running {
  readonly kms: Kms;
  readonly trace: Trace | undefined;
}

export class EngineRoom {
  readonly configuration: Configuration;
  readonly backend: Backend;
  readonly #same: Pick<KmsOptions, 'attestation' | 'consistency' | 'fixedKeys' | 'grantPropagation' | 'xks'>;

  constructor(options: KmsimOptions) {
    const { attestation, consistency, grantDelay, xksEndpoints } = options;
    const backend = chooseBackend(options.backend);
    if (backend === undefined) throw new KmsimError('NoNativeBackend', 'The native backend was asked for.');
    this.backend = backend;
    const given = configured.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]]));
    this.configuration = Object.fromEntries(given) as Configuration;
    this.#same = {
      attestation: { load: loadAttestation, roots: rootsOf(attestation) },
      consistency,
      grantPropagation: grantDelay === undefined ? undefined : durationOf(grantDelay),
      fixedKeys: options.localstackTags ? localstackTags : undefined,
      xks: xksEndpoints && xksTransport(xksEndpoints),
    };
  }

  /** `past`: what a fork goes on from beside its snapshot. */
  begin(options: Omit<KmsimOptions, 'snapshot'> & WorldOptions, past: Past | undefined): Running {
    const { quotas, snapshot, trace: wanted = false } = options;
    const world = worldFor(options, this.backend);
    const trace = past?.trace ?? newTrace(wanted, world);
    const kms = createKms({
      ...this.#same,
      world,
      backend: this.backend,
      quotas: quotaSettings(quotas),
      trace,
      faultLog: past?.faultLog,
      credentials: past?.credentials,
      trail: newTrail(options.trail, world, past?.trail),
    });
    if (snapshot !== undefined) restore(kms, snapshot);
    return { kms, trace };
  }

  /** Goes on from the past in the place of another engine. Whoever listens to its trail goes on listening. */
  goOn({ credentials, faultLog, snapshot, trace: written, trail: kept }: Past, before: Kms): Running {
    const trace = written?.fork();
    const world = worldFor({ snapshot }, this.backend);
    const trail = kept && new Trail({ world, past: kept, listeners: before.trail?.listeners });
    const kms = createKms({ ...this.#same, world, backend: this.backend, trace, faultLog, credentials, trail });
    restore(kms, snapshot);
    return { kms, trace };
  }
}

/** Where a simulation stands, with copies of what is in no snapshot. */
export function pastOf({ kms, trace }: Running, snapshot: KmsimSnapshot): Past {
  const { faultLog, sts, trail, world } = kms;
  return {
    snapshot,
    trace: trace?.fork(),
    faultLog: new FaultLog(faultLog),
    credentials: sts.credentials,
    trail: trail && new Trail({ world, past: trail }),
  };
}
