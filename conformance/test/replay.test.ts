// The replayer against a scripted double: what it sends, what it waits for, how it ends.

import { describe, expect, test } from 'vitest';
import { replay } from '../src/replay.ts';
import { describeResult } from '../src/result.ts';
import type { Target, WireReply } from '../src/target.ts';
import { TargetError } from '../src/targets/target-error.ts';
import type { Step } from '../src/transcript.ts';
import { call, double, ok, refused, transcript } from './scripted.ts';

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

describe('where and as whom', () => {
  test('a target in another Region stands for the first one, and keeps the others apart', async () => {
    const target = { ...double(ok({}), ok({})), region: 'us-west-2' };
    const steps = [
      call('x', { input: { A: { $template: '${region}/${region2}' } } }),
      call('y', { region: 'us-west-2' }),
    ];
    expect(await replay(transcript(steps), target)).toEqual({ outcome: 'passed' });
    expect(target.requests).toMatchObject([
      { region: 'us-west-2', body: { A: 'us-west-2/us-east-1' } },
      { region: 'us-east-1' },
    ]);
  });

  test('somebody else calls only where the target knows them', async () => {
    const role = 'arn:aws:iam::111122223333:role/App';
    const steps = [call('x', { as: { $template: 'arn:aws:iam::${account}:role/App' } })];
    expect(describeResult(await replay(transcript(steps), double()))).toBe(
      'skipped: needs a target that several principals can call',
    );
    const several = { ...double(ok({})), principals: [{ arn: role, may: 'everything' as const }] };
    expect(await replay(transcript(steps), several)).toEqual({ outcome: 'passed' });
    expect(several.requests).toMatchObject([{ as: role }]);
  });

  test('time passes where a target has a time', async () => {
    const target = double(ok({}));
    const steps: Step[] = [{ id: 'w', waitSeconds: 90 }, call('x')];
    expect(await replay(transcript(steps), target)).toEqual({ outcome: 'passed' });
    expect(target.waited).toEqual([90_000]);
    const { advance: _none, ...timeless } = double();
    expect(describeResult(await replay(transcript(steps), timeless))).toMatch(/^skipped: needs a target whose time/);
  });
});

describe('what was minted once', () => {
  const key = (CreationDate: number): WireReply => ok({ KeyMetadata: { Arn: 'arn:1', CreationDate } });

  test('must not be another later', async () => {
    const steps = [call('x'), call('y')];
    expect(await replay(transcript(steps), double(key(5), key(5)))).toEqual({ outcome: 'passed' });
    expect(describeResult(await replay(transcript(steps), double(key(5), key(6))))).toBe(
      'failed at y (DescribeKey): KeyMetadata.CreationDate: expected 5, as in step x, got 6',
    );
  });

  test('may be, where the step no longer holds', async () => {
    const steps = [call('x'), call('y', { stale: ['changed'] })];
    expect(await replay(transcript(steps), double(key(5), key(6)))).toEqual({ outcome: 'passed' });
  });
});

test('each step is told as it was answered', async () => {
  const told: unknown[] = [];
  const steps = [
    call('x', { output: { A: 2 }, poll: { timeoutSeconds: 2, intervalSeconds: 1 }, evidence: 'asserted' }),
    call('y', { output: { A: 3 }, evidence: 'asserted' }),
  ];
  await replay(transcript(steps), double(ok({ A: 1 }), ok({ A: 2 }), ok({ A: 2 })), {
    onStep: ({ difference, reply, step }) => told.push([step.id, reply.body, difference?.path]),
  });
  expect(told).toEqual([
    ['x', { A: 2 }, undefined],
    ['y', { A: 2 }, 'A'],
  ]);
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

  test.each([
    { status: 400, body: { __type: 'UnknownOperationException' } },
    { status: 400, body: { __type: 'aws#NotImplemented', message: 'not yet' } },
    { status: 501, body: undefined },
  ])('%j says so too', async (reply) => {
    expect(describeResult(await replay(transcript([call('x')]), double(reply)))).toBe('not built yet: DescribeKey');
  });

  test.each(['adjust', 'superseded', 'unconfirmed', 'external'] as const)('%s', async (how) => {
    const result = await replay(transcript([call('x')], { replay: how }), double());
    expect(describeResult(result)).toMatch(/^skipped: .{10}/);
  });

  test('a target that says nothing, or what is no answer', async () => {
    const target = double(ok({}));
    const broken: Target = {
      ...target,
      call: async (request) => {
        if (request.body['A'] === undefined) return target.call(request);
        throw new TargetError('it answered HTTP 200 with what is no JSON: <html>');
      },
    };
    const result = await replay(transcript([call('x'), call('y', { input: { A: 1 } }), call('z')]), broken);
    expect(result).toMatchObject({ outcome: 'no answer', step: 'y', silent: false });
    expect(describeResult(result)).toBe(
      'no answer at y (DescribeKey): it answered HTTP 200 with what is no JSON: <html>',
    );
  });

  test('a list that never ends', async () => {
    const listed = async (NextMarker: () => unknown): Promise<string> => {
      const endless: Target = {
        ...double(),
        call: async () => ok({ Keys: [], Truncated: true, NextMarker: NextMarker() }),
      };
      return describeResult(await replay(transcript([call('x', { op: 'ListKeys', paginate: true })]), endless));
    };
    let page = 0;
    expect(await listed(() => `page ${page++}`)).toBe(
      'no answer at x (ListKeys): ListKeys gave 1000 pages and promised more',
    );
    expect(await listed(() => 'm')).toBe(
      'no answer at x (ListKeys): ListKeys promised more with a marker it gave before',
    );
  });

  test('a target that breaks breaks the run', async () => {
    await expect(replay(transcript([call('x')]), double())).rejects.toThrow('the script is over');
  });
});
