// kmsim in this process behind each of its doors, a simulation of its own for each scenario.

import { answer } from '@kmsim/wire';
import { createKmsim, type Kmsim, serve } from 'kmsim';
import type { OpenTarget, Target, WireReply, WireRequest } from '../target.ts';
import { endpointCall } from './endpoint.ts';
import { wireReply } from './wire-reply.ts';

export type DoorName = 'in-process' | 'sdk-door' | 'http-door';

/** AWS JSON handed to the engine, without HTTP. */
export function inProcess(seed: string): Target {
  return engineOf(createKmsim({ seed }));
}

/** The same on the portable backend. */
export function inProcessPortable(seed: string): Target {
  return engineOf(createKmsim({ seed, backend: 'portable' }));
}

/** A simulation that the caller has made. */
export function engineOf(sim: Kmsim): Target {
  return behind(sim, async ({ body, operation, region }) => {
    const defects: unknown[] = [];
    const reply = await answer(
      sim.kms,
      { target: targetHeader(operation), body: JSON.stringify(body), caller: sim.caller({ region }) },
      { onInternalError: (defect) => defects.push(defect) },
    );
    // A defect must fail the test with its own stack, not look like an answer.
    for (const defect of defects) throw defect;
    return wireReply(reply.status, reply.body);
  });
}

/** The request handler of an AWS SDK v3 client, fed with HTTP requests as an SDK would. */
function sdkDoor(seed: string): Target {
  const sim = createKmsim({ seed });
  return behind(sim, async ({ body, operation, region }) => {
    const { requestHandler } = sim.clientConfig({ region });
    const headers = { 'X-Amz-Target': targetHeader(operation), 'Content-Type': 'application/x-amz-json-1.1' };
    const { response } = await requestHandler.handle({ headers, body: JSON.stringify(body) });
    return wireReply(response.statusCode, Buffer.from(response.body).toString('utf8'));
  });
}

/** A server on loopback, over signed HTTP. */
async function httpDoor(seed: string): Promise<Target> {
  const sim = createKmsim({ seed });
  const server = await serve(sim);
  const call = endpointCall(new URL(server.url), async () => sim.accessKeys.first());
  return { ...behind(sim, call), close: () => server.close() };
}

export const doors: Readonly<Record<DoorName, OpenTarget>> = {
  'in-process': inProcess,
  'sdk-door': sdkDoor,
  'http-door': httpDoor,
};

function behind(sim: Kmsim, call: (request: WireRequest) => Promise<WireReply>): Target {
  return {
    account: sim.account,
    callerArn: sim.caller().principal.arn,
    clockStandsStill: true,
    call,
    advance: (milliseconds) => {
      sim.clock.advance(milliseconds);
    },
  };
}

function targetHeader(operation: string): string {
  return `TrentService.${operation}`;
}
