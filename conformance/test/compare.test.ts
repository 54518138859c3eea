// One answer beside what the transcript says of it.

import { describe, expect, test } from 'vitest';
import { replay } from '../src/replay.ts';
import { describeResult } from '../src/result.ts';
import type { WireReply } from '../src/target.ts';
import type { CallStep } from '../src/transcript.ts';
import { call, double, ok, refused, transcript } from './scripted.ts';

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

describe('the form on the wire, where it was seen', () => {
  const played = async (step: Partial<CallStep>, reply: WireReply): Promise<string> =>
    describeResult(await replay(transcript([call('x', { ...step, evidence: 'recorded' })]), double(reply)));

  test('an empty body is none', async () => {
    expect(await played({ emptyBody: true }, ok(undefined))).toBe('passed');
    expect(await played({ emptyBody: true }, ok({}))).toContain('expected no body, got {}');
    expect(await played({ emptyBody: false }, ok(undefined))).toContain('expected a body, got nothing');
  });

  test('an error has its type and the spelling of its message', async () => {
    const error = { code: 'A', type: 'A', messageMember: 'message' } as const;
    const refusal = (body: object): WireReply => ({ status: 400, body });
    expect(await played({ error }, refusal({ __type: 'A', message: '' }))).toBe('passed');
    expect(await played({ error }, refusal({ __type: 'b#A', message: '' }))).toContain(
      '__type: expected "A", got "b#A"',
    );
    expect(await played({ error }, refusal({ __type: 'A', Message: '' }))).toContain(
      'expected the member of the message',
    );
  });

  test('an answer of another type is a difference', async () => {
    expect(await played({ output: { A: { B: 1 } } }, ok({ A: 'text' }))).toContain('A: expected an object, got "text"');
    expect(await played({ error: { code: 'A' } }, { status: 400, body: { __type: 5 } })).toContain('got no __type');
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
