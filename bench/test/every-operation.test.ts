import { Kms, type OperationName, operationShapes } from '@kmsim/kms';
import { afterEach, expect, test, vi } from 'vitest';
import { allOperations } from '../src/every-operation.ts';

afterEach(() => vi.restoreAllMocks());

test('every operation of the API is measured: a call of its row is one call of it, in one batch after another', async () => {
  const dispatched = vi.spyOn(Kms.prototype, 'dispatch');
  const measured = await allOperations();
  expect(Object.keys(measured).sort()).toEqual(Object.keys(operationShapes).sort());
  for (let batch = 0; batch < 2; batch++) {
    for (const [name, { before, run }] of Object.entries(measured)) {
      await before?.(2);
      dispatched.mockClear();
      await run(0);
      await run(1);
      const called = dispatched.mock.calls.map(([{ operation }]): OperationName => operation);
      expect(called).toEqual([name, name]);
    }
  }
}, 60_000);
