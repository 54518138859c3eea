// Scenarios that are watched: where an operation succeeds for the first time, a fork of the moment before tries the other outcomes.

import { isOperationName } from '@kmsim/kms';
import { createKmsim, type Kmsim } from 'kmsim';
import type { Filed } from '../../../conformance/src/load.ts';
import { playAll } from '../../../conformance/src/play-all.ts';
import type { Target } from '../../../conformance/src/target.ts';
import { engineOf } from '../../../conformance/src/targets/doors.ts';
import type { Canary } from '../../../packages/kms/test/audit/canaries.ts';
import type { Dice } from '../wire/dice.ts';
import { type Outcome, outcomes, stranger, tryOutcomes } from './outcomes.ts';
import type { Search } from './search.ts';
import { canariesOf, distinct } from './secrets.ts';
import { type Surface, surfacesOf } from './surfaces.ts';

export interface Tries {
  readonly reached: ReadonlyMap<string, Set<Outcome>>;
  readonly search: Search;
}

interface Watched {
  readonly sim: Kmsim;
  readonly target: Target;
  /** Looks through all that was shown. */
  readonly end: (where: string) => void;
}

function watched(seed: string, { reached, search }: Tries, key: Uint8Array): Watched {
  const sim = createKmsim({ seed, trace: true, identities: [{ arn: stranger }] });
  const target = engineOf(sim);
  const canaries: Canary[] = [];
  const surfaces: Surface[] = [];
  const call: Target['call'] = async (request) => {
    const { body, operation, region } = request;
    const had = reached.get(operation);
    const fork = had !== undefined && had.size < outcomes.length ? sim.fork() : undefined;
    const reply = await target.call(request);
    canaries.push(...canariesOf(operation, body), ...canariesOf(operation, reply.body));
    if (fork !== undefined && isOperationName(operation) && reply.status === 200) {
      had?.add('success');
      surfaces.push(...(await tryOutcomes(fork, { operation, region, body }, (outcome) => had?.add(outcome))));
      const left = surfacesOf(`after ${operation}`, fork, key);
      surfaces.push(...left.filter(({ where }) => /trail|trace|faults/.test(where)));
    }
    fork?.close();
    return reply;
  };
  const end = (where: string): void => {
    search.look([...surfaces, ...surfacesOf(where, sim, key)], distinct(canaries));
    sim.close();
  };
  return { sim, target: { ...target, call }, end };
}

export async function playThrough(filed: Filed, tries: Tries, key: Uint8Array): Promise<void> {
  const opened: Watched[] = [];
  await playAll([filed], (seed) => {
    const one = watched(seed, tries, key);
    opened.push(one);
    return one.target;
  });
  for (const { end } of opened) end(filed.path);
}

/** What no recording has: the life of a key store, and the grants that somebody may retire. */
export async function unrecorded(tries: Tries, dice: Dice): Promise<void> {
  const { end, sim, target } = watched('unrecorded', tries, dice.bytes(32));
  const KeyStorePassword = Buffer.from(dice.bytes(20)).toString('hex').slice(0, 32);
  const cluster = sim.cloudHsm.launch({ kmsUserPassword: KeyStorePassword });
  const call = async (operation: string, body: Record<string, unknown>): Promise<Record<string, unknown>> => {
    const reply = await target.call({ operation, region: sim.region, body });
    if (reply.status !== 200) throw new Error(`${operation}: ${JSON.stringify(reply.body)}`);
    return (reply.body ?? {}) as Record<string, unknown>;
  };
  const made = await call('CreateCustomKeyStore', {
    CustomKeyStoreName: 'hsm',
    CloudHsmClusterId: cluster.id,
    TrustAnchorCertificate: cluster.trustAnchor,
    KeyStorePassword,
  });
  const id = { CustomKeyStoreId: made['CustomKeyStoreId'] };
  await call('DescribeCustomKeyStores', id);
  await call('UpdateCustomKeyStore', { ...id, KeyStorePassword });
  await call('ConnectCustomKeyStore', id);
  sim.clock.advance('20 minutes');
  await call('DisconnectCustomKeyStore', id);
  sim.clock.advance('20 minutes');
  await call('DeleteCustomKeyStore', id);
  await call('ListRetirableGrants', { RetiringPrincipal: stranger });
  end('unrecorded');
}
