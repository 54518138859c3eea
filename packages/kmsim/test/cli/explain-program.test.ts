// `kmsim explain` as a program: what the process ends with.

import { beforeAll, describe, expect, test } from 'vitest';
import { buildTimeout, built } from '../build.ts';
import { kmsim } from '../child.ts';

const app = 'arn:aws:iam::111122223333:role/App';
const root = 'arn:aws:iam::111122223333:root';

describe('the program', () => {
  beforeAll(() => built(), buildTimeout);

  test.each([
    [['explain', '--as', root, '--operation', 'Decrypt'], 0],
    [['explain', '--as', app, '--operation', 'Decrypt'], 1],
    [['explain', '--as', app], 2],
    [['explain', '--bad'], 2],
    [['explain', '--context', 'x'], 2],
    [['explain', 'extra'], 2],
    [['explain', '--help'], 0],
  ])('kmsim %j ends with %i', async (args, code) => {
    expect((await kmsim(args)).code).toBe(code);
  });
});
