// The replayer against a scripted double: what it sends, what it waits for, how it ends.

import { describe, expect, test } from 'vitest';
import { describeResult, replay } from '../src/replay.ts';
import type { Target, WireReply, WireRequest } from '../src/target.ts';
import type { CallStep, Step, Transcript } from '../src/transcript.ts';

interface Double extends Target {
  readonly requests: WireRequest[];
  readonly waited: number[];
}

function double(...replies: readonly WireReply[]): Double {
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

const ok = (body: unknown): WireReply => ({ status: 200, body });
const refused = (code: string, message?: string): WireReply => ({
  status: 400,
  body: { __type: code, ...(message !== undefined && { message }) },
});

function transcript(steps: readonly Step[], more: Partial<Transcript> = {}): Transcript {
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

function call(id: string, more: Partial<CallStep> = {}): CallStep {
  return { id, op: 'DescribeKey', input: {}, evidence: 'succeeded', ...more };
}

describe('what is sent', () => {
  test('is the wire body, in the Region of the step or the first', async () => {
    const target = double(ok({ CiphertextBlob: 'AQID' }), ok({}));
    const result = await replay(
      transcript([
        call('enc', { op: 'Encrypt', input: { KeyId: 'k', Plaintext: { $utf8: 'hi' } } }),
        call('dec', {
          op: 'Decrypt',
          region: 'us-west-2',
          input: { CiphertextBlob: { $concat: [{ $ref: 'enc.CiphertextBlob' }, { $utf8: '!' }] } },
        }),
      ]),
      target,
    );
    expect(result).toEqual({ outcome: 'passed' });
    expect(target.requests).toEqual([
      { operation: 'Encrypt', region: 'us-east-1', body: { KeyId: 'k', Plaintext: 'aGk=' } },
      { operation: 'Decrypt', region: 'us-west-2', body: { CiphertextBlob: 'AQIDIQ==' } },
    ]);
  });

  test('can be what a make made', async () => {
    const target = double(ok({}));
    await replay(
      transcript([
        { id: 'material', make: { randomBytes: 4, as: 'bytes' } },
        { id: 'text', make: { value: { $slice: { of: { $ref: 'material.bytes' }, from: 0, to: 3 } }, as: 'start' } },
        call('x', { input: { A: { $ref: 'material.bytes' }, B: { $ref: 'text.start' } } }),
      ]),
      target,
    );
    const [first] = target.requests;
    expect(first?.body['A']).toMatch(/^[A-Za-z0-9+/]{6}==$/);
    expect(first?.body['A']).toMatch(new RegExp(`^${String(first?.body['B']).slice(0, 4).replace('+', '\\+')}`));
  });
});

describe('an answer', () => {
  test('is compared with bytes where the wire has base64', async () => {
    const step = call('x', { output: { Plaintext: { $utf8: 'hi' } }, evidence: 'asserted' });
    expect(await replay(transcript([step]), double(ok({ Plaintext: 'aGk=' })))).toEqual({ outcome: 'passed' });
    const result = await replay(transcript([step]), double(ok({ Plaintext: 'aGkh' })));
    expect(describeResult(result)).toBe(
      'failed at x (DescribeKey): Plaintext: expected "<2 bytes 6869>", got "<3 bytes 686921>"',
    );
  });

  test('may be checked against itself', async () => {
    const step = call('x', { output: { A: { $template: 'key/${x.B}' } }, evidence: 'asserted' });
    expect(await replay(transcript([step]), double(ok({ A: 'key/1', B: '1' })))).toEqual({ outcome: 'passed' });
  });

  test('with other members fails when the recording covers it', async () => {
    const step = call('x', { output: { A: 1 }, additionalFields: false, laterFields: ['New'], evidence: 'recorded' });
    expect(await replay(transcript([step]), double(ok({ A: 1, New: 2 })))).toEqual({ outcome: 'passed' });
    expect(await replay(transcript([step]), double(ok({ A: 1, Odd: 2 })))).toMatchObject({
      difference: { path: 'Odd' },
    });
    const scoped = call('x', {
      output: { A: { B: 1 } },
      additionalFields: false,
      recordedScope: 'A',
      evidence: 'recorded',
    });
    expect(await replay(transcript([scoped]), double(ok({ A: { B: 1 }, Odd: 2 })))).toEqual({ outcome: 'passed' });
  });

  test('without a body is an empty one', async () => {
    const step = call('x', { output: { A: { $absent: true } }, evidence: 'asserted' });
    expect(await replay(transcript([step]), double(ok(undefined)))).toEqual({ outcome: 'passed' });
  });

  test('that fails where success was recorded ends the run', async () => {
    const target = double(refused('DisabledException', 'k is disabled.'), ok({}));
    const result = await replay(transcript([call('x'), call('y')]), target);
    expect(describeResult(result)).toBe(
      'failed at x (DescribeKey): expected success, got DisabledException: k is disabled. (HTTP 400)',
    );
    expect(target.requests).toHaveLength(1);
  });

  test('of a step that no longer holds is not compared', async () => {
    const step = call('x', { output: { A: 1 }, evidence: 'recorded', stale: ['the answer has changed'] });
    expect(await replay(transcript([step]), double(ok({ A: 2 })))).toEqual({ outcome: 'passed' });
  });

  test('that lacks what a later step refers to fails there', async () => {
    const result = await replay(
      transcript([call('x'), call('y', { input: { A: { $ref: 'x.KeyId' } } })]),
      double(ok({})),
    );
    expect(describeResult(result)).toBe(
      "failed at y (DescribeKey): expected answers to refer to, got the answer of step 'x' has no KeyId",
    );
  });
});

describe('an error', () => {
  const error = { code: 'NotFoundException', status: 400, message: 'no key' };
  const step = call('x', { error, evidence: 'recorded' });
  const play = async (reply: WireReply, wanted: CallStep = step): Promise<string> =>
    describeResult(await replay(transcript([wanted]), double(reply)));

  test('passes with its code, status and message, in either spelling', async () => {
    expect(await play(refused('NotFoundException', 'no key'))).toBe('passed');
    expect(
      await play({ status: 400, body: { __type: 'com.amazonaws.kms#NotFoundException', Message: 'no key' } }),
    ).toBe('passed');
  });

  test('differs in code, status or message', async () => {
    expect(await play(refused('InvalidArnException', 'no key'))).toContain(
      'expected NotFoundException, got InvalidArnException',
    );
    expect(await play({ ...refused('NotFoundException', 'no key'), status: 500 })).toContain(
      'expected HTTP status 400',
    );
    expect(await play(refused('NotFoundException', 'no key.'))).toContain('message: expected "no key", got "no key."');
    expect(await play(ok({}))).toContain('expected NotFoundException, got success');
  });

  test('without a message has none', async () => {
    const silent = call('x', {
      error: { code: 'InvalidCiphertextException', message: { $absent: true } },
      evidence: 'recorded',
    });
    expect(await play(refused('InvalidCiphertextException'), silent)).toBe('passed');
    expect(await play(refused('InvalidCiphertextException', ''), silent)).toContain(
      'message: expected nothing, got ""',
    );
  });
});

describe('a step that waits', () => {
  const step = call('x', {
    output: { State: 'Enabled' },
    poll: { timeoutSeconds: 10, intervalSeconds: 5 },
    evidence: 'asserted',
  });

  test('lets time pass between tries', async () => {
    const target = double(ok({ State: 'Creating' }), ok({ State: 'Creating' }), ok({ State: 'Enabled' }));
    expect(await replay(transcript([step]), target)).toEqual({ outcome: 'passed' });
    expect(target.waited).toEqual([5000, 5000]);
  });

  test('gives up at its timeout with the last difference', async () => {
    const target = double(ok({ State: 'a' }), ok({ State: 'b' }), ok({ State: 'c' }));
    expect(await replay(transcript([step]), target)).toMatchObject({ outcome: 'failed', difference: { got: '"c"' } });
    expect(target.waited).toHaveLength(2);
  });
});

describe('a list in pages', () => {
  const step = call('x', {
    op: 'ListKeys',
    paginate: true,
    output: { Keys: [{ KeyId: 'a' }, { KeyId: 'b' }], Truncated: false },
    evidence: 'asserted',
  });

  test('is put together', async () => {
    const target = double(
      ok({ Keys: [{ KeyId: 'a' }], Truncated: true, NextMarker: 'm' }),
      ok({ Keys: [{ KeyId: 'b' }], Truncated: false }),
    );
    expect(await replay(transcript([step]), target)).toEqual({ outcome: 'passed' });
    expect(target.requests.map((request) => request.body)).toEqual([{}, { Marker: 'm' }]);
  });

  test('ends at an error', async () => {
    const target = double(ok({ Keys: [], Truncated: true, NextMarker: 'm' }), refused('InvalidMarkerException'));
    expect(describeResult(await replay(transcript([step]), target))).toContain(
      'InvalidMarkerException without message',
    );
  });
});

describe('not played to the end', () => {
  test('an operation that is not built', async () => {
    const target = double(ok({}), { status: 501, body: { __type: 'NotImplemented' } });
    const result = await replay(
      transcript([call('x'), call('y', { op: 'Sign', error: { code: 'A' }, evidence: 'recorded' })]),
      target,
    );
    expect(describeResult(result)).toBe('not built yet: Sign');
  });

  test('a transcript that needs what the replayer has not', async () => {
    const target = double();
    const result = await replay(
      transcript([call('x', { output: { S: { $verifiesLocally: {} } }, evidence: 'asserted' })]),
      target,
    );
    expect(describeResult(result)).toBe('not built yet: verifying a signature outside KMS');
    expect(target.requests).toEqual([]);
  });

  test.each(['adjust', 'superseded', 'unconfirmed', 'external'] as const)('%s', async (how) => {
    const result = await replay(transcript([call('x')], { replay: how }), double());
    expect(describeResult(result)).toMatch(/^skipped: .{10}/);
  });

  test('a target that breaks breaks the run', async () => {
    await expect(replay(transcript([call('x')]), double())).rejects.toThrow('the script is over');
  });
});
