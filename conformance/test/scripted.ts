// A target that answers by a script, and transcripts to play against it.

import type { Target, WireReply, WireRequest } from '../src/target.ts';
import type { CallStep, Step, Transcript } from '../src/transcript.ts';

export interface Double extends Target {
  readonly requests: WireRequest[];
  readonly waited: number[];
}

export function double(...replies: readonly WireReply[]): Double {
  const left = [...replies];
  const requests: WireRequest[] = [];
  const waited: number[] = [];
  return {
    account: '111122223333',
    callerArn: 'arn:aws:iam::111122223333:user/me',
    requests,
    waited,
    call: async (request) => {
      requests.push(request);
      const reply = left.shift();
      if (reply === undefined) throw new Error('the script is over');
      return reply;
    },
    advance: (milliseconds) => void waited.push(milliseconds),
  };
}

export const ok = (body: unknown): WireReply => ({ status: 200, body });
export const refused = (code: string, message?: string): WireReply => ({
  status: 400,
  body: { __type: code, ...(message !== undefined && { message }) },
});

export function transcript(steps: readonly Step[], more: Partial<Transcript> = {}): Transcript {
  return {
    name: 'scripted',
    about: 'a script',
    source: { kind: 'recording', cite: 'nowhere', recorded: null },
    replay: 'as-is',
    regions: ['us-east-1', 'us-west-2'],
    steps,
    ...more,
  };
}

export function call(id: string, more: Partial<CallStep> = {}): CallStep {
  return { id, op: 'DescribeKey', input: {}, evidence: 'succeeded', ...more };
}
