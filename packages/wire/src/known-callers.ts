// Callers that are the same are one object. The trail keeps the caller of a call for as long as the event: objects of its own for every request
// would be carried along by each collection of garbage, which cost an HTTP request a tenth of its time.

import type { Caller, Client } from '@kmsim/kms';

type Fact = Exclude<keyof Caller, 'client'>;

// A table, so that the compiler misses a fact that is added.
const facts: Readonly<Record<Fact, true>> = {
  principal: true,
  region: true,
  session: true,
  via: true,
  source: true,
  endpoint: true,
  sourceIp: true,
};
const names = Object.keys(facts) as readonly Fact[];

export class KnownCallers {
  #latest: Caller | undefined;

  /** The caller with what the door knows of its program; the object of the request before where nothing is different. */
  with(caller: Caller, client: Client): Caller {
    const latest = this.#latest;
    if (latest?.client !== undefined && isSameClient(latest.client, client) && isSame(latest, caller)) return latest;
    this.#latest = { ...caller, client };
    return this.#latest;
  }
}

// Principals and sessions by identity: whoever is described anew is somebody else.
function isSame(one: Caller, other: Caller): boolean {
  for (const name of names) if (one[name] !== other[name]) return false;
  return true;
}

function isSameClient(one: Client, other: Client): boolean {
  return (
    one.userAgent === other.userAgent &&
    one.host === other.host &&
    one.address === other.address &&
    one.accessKeyId === other.accessKeyId
  );
}
