// kmsim in this process with several accounts and people in it, for runs that change who calls.

import { answer } from '@kmsim/wire';
import { createKmsim, type Kmsim, type KmsimOptions } from 'kmsim';
import type { Target, TargetPrincipal, WireReply, WireRequest } from '../target.ts';
import { wireReply } from '../targets/wire-reply.ts';

const [home, neighbour, third] = ['000000000000', '111122223333', '444455556666'];

/** An administrator in each of three accounts, root users, roles with identity policies and without. */
export const simulatedPrincipals: readonly TargetPrincipal[] = [
  { arn: `arn:aws:iam::${home}:user/administrator`, may: 'everything' },
  { arn: `arn:aws:iam::${neighbour}:user/administrator`, may: 'everything' },
  { arn: `arn:aws:iam::${third}:user/administrator`, may: 'everything' },
  { arn: `arn:aws:iam::${home}:root`, may: 'everything' },
  { arn: `arn:aws:iam::${home}:role/Reader`, may: 'nothing' },
  { arn: `arn:aws:iam::${home}:role/Nobody`, may: 'nothing' },
  { arn: `arn:aws:iam::${home}:role/App`, may: 'everything' },
  { arn: `arn:aws:iam::${neighbour}:role/Reader`, may: 'nothing' },
  { arn: `arn:aws:iam::${neighbour}:root`, may: 'everything' },
];

const everything = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } } as const;

/** A target that can be looked into. */
export interface SimulatedTarget extends Target {
  readonly sim: Kmsim;
}

export function simulated(options: KmsimOptions): SimulatedTarget {
  const empowered = simulatedPrincipals.filter(({ arn, may }) => may === 'everything' && !arn.endsWith(':root'));
  const identities = empowered.map(({ arn }) => ({ arn, policies: { everything } }));
  const sim = createKmsim({ ...options, ...(options.snapshot === undefined && { account: home, identities }) });

  const call = async ({ as, body, operation, region }: WireRequest): Promise<WireReply> => {
    const caller = sim.caller({ region, ...(as !== undefined && { as }) });
    const defects: unknown[] = [];
    const request = { target: `TrentService.${operation}`, body: JSON.stringify(body), caller };
    const reply = await answer(sim.kms, request, { onInternalError: (defect) => defects.push(defect) });
    // A defect must fail the run with its own stack, not look like an answer.
    for (const defect of defects) throw defect;
    return wireReply(reply.status, reply.body);
  };

  return {
    sim,
    account: sim.account,
    callerArn: sim.caller().principal.arn,
    principals: simulatedPrincipals,
    clockStandsStill: true,
    call,
    advance: (milliseconds) => {
      sim.clock.advance(milliseconds);
    },
  };
}
