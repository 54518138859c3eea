// The target of the transcripts: a kmsim of its own for each, in this process, asked in AWS JSON.

import { answer } from '@kmsim/wire';
import { createKmsim } from 'kmsim';
import type { Target, WireReply, WireRequest } from './target.ts';

export function inProcess(seed: string): Target {
  const sim = createKmsim({ seed });

  const ask = async ({ operation, region, body }: WireRequest): Promise<WireReply> => {
    const defects: unknown[] = [];
    const reply = await answer(
      sim.kms,
      { target: `TrentService.${operation}`, body: JSON.stringify(body), caller: sim.caller({ region }) },
      { onInternalError: (defect) => defects.push(defect) },
    );
    // A defect must fail the test with its own stack, not look like an answer.
    for (const defect of defects) throw defect;
    return { status: reply.status, body: reply.body === '' ? undefined : JSON.parse(reply.body) };
  };

  return {
    account: sim.account,
    callerArn: sim.caller().principal.arn,
    call: ask,
    advance: (milliseconds) => {
      sim.clock.advance(milliseconds);
    },
  };
}
