// What a run has shown: which operation ended how, on a key of which spec and in which state, and on whose word that is right.

import { readError } from '../compare.ts';
import type { Filed } from '../load.ts';
import type { Played } from '../replay.ts';
import type { Target, WireReply, WireRequest } from '../target.ts';
import { isRecord, member } from '../values.ts';

export type Proof = 'recording' | 'documentation';

export interface Observation {
  readonly operation: string;
  /** `success`, or the code of an error. */
  readonly outcome: string;
  readonly proof: Proof;
  /** Of the key of the request, before the request. */
  readonly keySpec?: string;
  readonly keyState?: string;
}

export interface Observer {
  /** The target, which tells the observer about the key of each request. */
  watch(target: Target): Target;
  /** A step that was answered as its transcript says. */
  note(filed: Filed, played: Played): void;
  readonly observations: readonly Observation[];
}

const keyMembers = ['KeyId', 'TargetKeyId', 'SourceKeyId', 'DestinationKeyId'];

export function createObserver(): Observer {
  const observations: Observation[] = [];
  let facts: Pick<Observation, 'keySpec' | 'keyState'> = {};

  const watch = (target: Target): Target => ({
    ...target,
    call: async (request) => {
      const named = keyMembers.map((name) => request.body[name]).find((value) => typeof value === 'string');
      const before = await describe(target, request, named);
      const reply = await target.call(request);
      // A ciphertext names its key to KMS alone; using it changes no state.
      facts = before ?? (await describe(target, request, member(reply.body, 'KeyId'))) ?? created(reply) ?? {};
      return reply;
    },
  });

  const note = ({ transcript }: Filed, { difference, reply, step }: Played): void => {
    if (difference !== undefined || step.stale !== undefined) return;
    const documentation = transcript.source.kind === 'documentation';
    // The way to a documented claim is no claim.
    if (documentation && step.evidence !== 'documented') return;
    const body = isRecord(reply.body) ? reply.body : {};
    const outcome = reply.status === 200 ? 'success' : readError(body).code;
    const proof = documentation ? 'documentation' : 'recording';
    observations.push({ operation: step.op, outcome, proof, ...facts });
  };

  return { watch, note, observations };
}

async function describe(
  target: Target,
  { region }: WireRequest,
  keyId: unknown,
): Promise<Pick<Observation, 'keySpec' | 'keyState'> | undefined> {
  if (typeof keyId !== 'string') return undefined;
  const { body, status } = await target.call({ operation: 'DescribeKey', region, body: { KeyId: keyId } });
  return status === 200 ? factsOf(member(body, 'KeyMetadata')) : undefined;
}

// A key that is being made has a spec and no state before.
function created(reply: WireReply): Pick<Observation, 'keySpec'> | undefined {
  const { keySpec } = factsOf(member(reply.body, 'KeyMetadata'));
  return keySpec === undefined ? undefined : { keySpec };
}

function factsOf(metadata: unknown): Pick<Observation, 'keySpec' | 'keyState'> {
  const [keySpec, keyState] = [member(metadata, 'KeySpec'), member(metadata, 'KeyState')];
  return {
    ...(typeof keySpec === 'string' && { keySpec }),
    ...(typeof keyState === 'string' && { keyState }),
  };
}
