// The transcripts on the portable backend: it ends as on the native one, which transcripts.test.ts judges.

import { expect, test } from 'vitest';
import { playAll } from '../src/play-all.ts';
import { describeResult, explainResult } from '../src/result.ts';
import { inProcess, inProcessPortable } from '../src/targets/doors.ts';
import { transcriptsWithoutRsa } from './without-rsa.ts';

// RSA keys take seconds to grow without node:crypto: the transcripts that name them are compared by `npm run trust -- T10`.
const filed = transcriptsWithoutRsa();

test('both backends end alike, and none fails', async () => {
  expect(filed.length).toBeGreaterThan(70);
  const [native, portable] = await Promise.all(
    [inProcess, inProcessPortable].map(async (target) =>
      (await playAll(filed, target)).map(({ path, result }) => [path, describeResult(result), explainResult(result)]),
    ),
  );
  expect(portable).toEqual(native);
  expect(portable?.filter(([, told]) => !/^(?:passed|skipped)/.test(String(told)))).toEqual([]);
});
