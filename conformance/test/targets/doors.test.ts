// kmsim behind each door: one suite for all, and what each door is.

import { afterEach, describe, expect, test } from 'vitest';
import { playAll } from '../../src/play-all.ts';
import { describeResult } from '../../src/result.ts';
import type { Target } from '../../src/target.ts';
import { type DoorName, doors } from '../../src/targets/doors.ts';
import { transcriptsWithoutRsa } from '../without-rsa.ts';

let target: Target | undefined;
afterEach(() => target?.close?.());

describe.each(Object.keys(doors) as DoorName[])('%s', (name) => {
  test('answers AWS JSON, with a time that can be moved', async () => {
    target = await doors[name]('a seed');
    const reply = await target.call({ operation: 'CreateKey', region: 'eu-west-1', body: {} });
    expect(reply).toMatchObject({ status: 200, body: { KeyMetadata: { AWSAccountId: target.account } } });
    const refused = await target.call({ operation: 'GenerateRandom', region: 'eu-west-1', body: { NumberOfBytes: 0 } });
    expect(refused).toMatchObject({ status: 400, body: { __type: 'ValidationException' } });
    await target.advance?.(86_400_000);
    const later = await target.call({ operation: 'CreateKey', region: 'eu-west-1', body: {} });
    const dates = [reply, later].map(
      ({ body }) => (body as { KeyMetadata: { CreationDate: number } }).KeyMetadata.CreationDate,
    );
    expect((dates[1] ?? 0) - (dates[0] ?? 0)).toBe(86_400);
  });

  test('two seeds are two simulations', async () => {
    const made = async (seed: string): Promise<unknown> => {
      const one = await doors[name](seed);
      const { body } = await one.call({ operation: 'CreateKey', region: 'us-east-1', body: {} });
      await one.close?.();
      return body;
    };
    expect(await made('a')).toEqual(await made('a'));
    expect(await made('a')).not.toEqual(await made('b'));
  });
});

// With RSA keys too, which take their time to grow behind each door anew, in `npm run fidelity`.
test('every transcript ends behind each door as it does in process', async () => {
  const filed = transcriptsWithoutRsa();
  const [first = [], ...others] = await Promise.all(
    Object.values(doors).map(async (open) =>
      (await playAll(filed, open)).map(({ path, result }) => `${path}: ${describeResult(result)}`),
    ),
  );
  for (const other of others) expect(other).toEqual(first);
}, 60_000);
