// Every transcript on the portable backend: it ends as on the native one, which transcripts.test.ts judges.

import { expect, test } from 'vitest';
import { loadTranscripts } from '../src/load.ts';
import { playAll } from '../src/play-all.ts';
import { describeResult, explainResult } from '../src/result.ts';
import { inProcess, inProcessPortable } from '../src/targets/doors.ts';

// RSA keys of 4,096 bits take seconds to grow without node:crypto.
test('both backends end alike, and none fails', { timeout: 180_000 }, async () => {
  const filed = loadTranscripts();
  const [native, portable] = await Promise.all(
    [inProcess, inProcessPortable].map(async (target) =>
      (await playAll(filed, target)).map(({ path, result }) => [path, describeResult(result), explainResult(result)]),
    ),
  );
  expect(portable).toEqual(native);
  expect(portable?.filter(([, told]) => !/^(?:passed|skipped)/.test(String(told)))).toEqual([]);
});
