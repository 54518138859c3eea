// The same seed gives the same answers, whatever the machine's clock says, and a snapshot goes on where it was taken.

import type { Difference } from '../../match.ts';
import type { Target, WireReply, WireRequest } from '../../target.ts';
import { isRecord, show } from '../../values.ts';
import type { Asked, Run, Watcher } from '../run.ts';
import { type SimulatedTarget, simulated } from '../simulated.ts';
import { expectation, type Invariant } from './invariant.ts';

const size = { runs: 30, commands: 60 };

function equal(one: WireReply, other: WireReply): Difference | undefined {
  const [first, second] = [show([one.status, one.body]), show([other.status, other.body])];
  return expectation(JSON.stringify(one) === JSON.stringify(other), first, second, 'the other answer');
}

/** Asks another target everything that this one is asked. */
function twin(other: Target): Watcher {
  return {
    after: async ({ reply, request }: Asked) => equal(reply, await other.call(request)),
    waited: async (milliseconds) => {
      await other.advance?.(milliseconds);
    },
  };
}

export const i30: Invariant<SimulatedTarget> = {
  id: 'I30',
  says: 'the same seed gives the same answers, byte for byte',
  size,
  watch: ({ sim }) => twin(simulated({ seed: String(sim.seed) })),
};

// What tells most about what is there, and a few of whatever comes next.
function questions(run: Run): readonly WireRequest[] {
  const region = run.memory.regions[0] as string;
  const asked = run.log.map(({ request }) => request).filter(({ body }) => body['Marker'] === undefined);
  const next = [{}, { KeyUsage: 'GENERATE_VERIFY_MAC', KeySpec: 'HMAC_256' }];
  return [...asked, ...next.map((body) => ({ operation: 'CreateKey', region, body }))];
}

export const i08: Invariant<SimulatedTarget> = {
  id: 'I08',
  says: 'a restored snapshot answers as the original does, and its own snapshot is the same, byte for byte',
  size,
  watch: (target) => ({
    finish: async (run) => {
      const saved = JSON.stringify(target.sim.snapshot());
      const restored = simulated({ snapshot: JSON.parse(saved) });
      const again = JSON.stringify(restored.sim.snapshot());
      const kept = expectation(again === saved, 'the same snapshot', 'another', 'snapshot');
      if (kept !== undefined) return kept;
      for (const request of questions(run)) {
        const found = equal(await target.call(request), await restored.call(request));
        if (found !== undefined) return { ...found, path: `${request.operation} after restoring` };
      }
      return undefined;
    },
  }),
};

export const i32: Invariant = {
  id: 'I32',
  says: "instants never go back within an account, and none of them is the machine's where the clock stands still",
  size,
  watch: () => {
    const latest = new Map<string, number>();
    return {
      after: ({ reply, request }, run) => {
        if (request.operation !== 'CreateKey' || reply.status !== 200 || !isRecord(reply.body)) return undefined;
        const metadata = reply.body['KeyMetadata'];
        if (!isRecord(metadata)) return undefined;
        const [account, at] = [String(metadata['AWSAccountId']), Number(metadata['CreationDate'])];
        const before = latest.get(account) ?? 0;
        latest.set(account, at);
        const stands = !run.target.clockStandsStill || run.log.some(({ waitMs }) => waitMs > 0) || before === 0;
        return expectation(stands ? at >= before : at === before, `${before} or later`, String(at), 'CreationDate');
      },
    };
  },
};
