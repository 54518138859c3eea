// The invariants themselves: each is broken on purpose once, and says so.

import { describe, expect, test } from 'vitest';
import { checkInvariant, insideInvariants, invariants } from '../../src/properties/invariants/index.ts';
import { type SimulatedTarget, simulated } from '../../src/properties/simulated.ts';
import type { WireReply, WireRequest } from '../../src/target.ts';
import { isRecord } from '../../src/values.ts';
import { mutants } from './mutants.ts';

type Breaks = (target: SimulatedTarget) => SimulatedTarget;

function known(name: string): Breaks {
  const found = mutants.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no mutant ${name}`);
  return found.breaks;
}

/** Another answer than the engine's. */
function instead(
  change: (reply: WireReply, request: WireRequest, target: SimulatedTarget) => WireReply | Promise<WireReply>,
): Breaks {
  return (target) => ({ ...target, call: async (request) => change(await target.call(request), request, target) });
}

/** CreateKey tells how many answers there were. */
const counting: Breaks = (target) => {
  let answers = 0;
  return instead((reply, { operation }) => {
    answers += 1;
    return operation === 'CreateKey' && isRecord(reply.body) ? { ...reply, body: { ...reply.body, answers } } : reply;
  })(target);
};

const refusal = (code: string): WireReply => ({ status: 400, body: { __type: code } });

const breaks: Readonly<Record<string, Breaks>> = {
  I01: instead((reply, { operation }) =>
    operation === 'Decrypt' && reply.status === 200 && isRecord(reply.body)
      ? { status: 200, body: { ...reply.body, Plaintext: 'AAAA' } }
      : reply,
  ),
  I02: (target) => {
    const rotated = new Set<unknown>();
    return instead((reply, { body, operation }) => {
      if (operation === 'RotateKeyOnDemand' && isRecord(reply.body)) rotated.add(reply.body['KeyId']);
      const lost = operation === 'Decrypt' && isRecord(reply.body) && rotated.has(reply.body['KeyId']);
      return lost && body !== undefined ? refusal('InvalidCiphertextException') : reply;
    })(target);
  },
  I04: known('the plaintext of a data key is another'),
  I06: instead(async (reply, request, target) => {
    if (request.operation === 'CancelKeyDeletion' && reply.status === 200)
      await target.call({ ...request, operation: 'EnableKey' });
    return reply;
  }),
  I08: counting,
  I10: known('the last entry of a page is missing'),
  I12: known('everybody is an administrator'),
  I13: known('the state of the key is not checked'),
  I14: known('the context is ignored'),
  I15: known('a ciphertext with a byte changed opens'),
  I20: instead((reply, { body }) =>
    JSON.stringify(body).includes('00000000dead') && reply.status === 400 ? refusal('NotFoundException') : reply,
  ),
  I23: instead((reply, { body }) =>
    '__proto__' in body && Object.hasOwn(body, '__proto__') ? refusal('InternalFailure') : reply,
  ),
  I24: instead((reply) => (reply.status === 400 ? refusal('TypeError') : reply)),
  I25: instead(async (reply, request, target) => {
    if (reply.status === 400) await target.call({ operation: 'CreateKey', region: request.region, body: {} });
    return reply;
  }),
  I30: counting,
  I31: known('the results of two calls are swapped'),
  I32: (target) => {
    let keys = 0;
    return instead((reply) => {
      const metadata = isRecord(reply.body) ? reply.body['KeyMetadata'] : undefined;
      if (!isRecord(metadata)) return reply;
      keys += 1;
      return {
        status: 200,
        body: { KeyMetadata: { ...metadata, CreationDate: Number(metadata['CreationDate']) - keys } },
      };
    })(target);
  },
  I33: instead((reply, { body }) =>
    reply.status === 400
      ? { status: 400, body: { __type: 'ValidationException', message: `not ${body['Plaintext']}` } }
      : reply,
  ),
  I34: known('the same ciphertext for the same plaintext'),
};

/** They are about operations that are not built. */
const silent = ['I03', 'I05', 'I18'];
const all = [...invariants, ...insideInvariants].filter(({ id }) => !silent.includes(id));

describe.each(all.map((invariant) => ({ ...invariant })))('$id', ({ id, says, size, watch }) => {
  test(`fails where it is not so that ${says}`, async () => {
    const open = (): SimulatedTarget => (breaks[id] as Breaks)(simulated({ seed: id }));
    const { failure } = await checkInvariant({ id, says, size, watch }, open, { seed: 3 });
    expect(failure?.repro).toMatch(new RegExp(`^REPRO seed=3 path=\\S+ test=${id}$`));
    expect(failure?.message).toMatch(/expected .*, got /);
  });
});
