import { expect, test } from 'vitest';
import { afterMilliseconds } from '../src/machine-timer.ts';

test('acts when the time is over, and not when it was called off', async () => {
  const acted: string[] = [];
  const cancel = afterMilliseconds(1, () => acted.push('called off'));
  cancel();
  await new Promise<void>((resolve) => {
    afterMilliseconds(5, () => {
      acted.push('over');
      resolve();
    });
  });
  expect(acted).toEqual(['over']);
});
