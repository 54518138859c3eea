// The commands that the guides show are run, and print what the guides say.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildTimeout, built } from '../../packages/kmsim/test/build.ts';
import { kmsim } from '../../packages/kmsim/test/child.ts';
import { root } from '../run.mjs';

const block = /<!-- run: ends with (\d) -->\n```\n\$ npx kmsim (.*)\n([\s\S]*?)```/g;

describe.each(['docs/test-your-key-policy.md', 'docs/replay-cloudtrail.md'])('%s', (guide) => {
  beforeAll(() => built(), buildTimeout);
  const commands = [...readFileSync(join(root, guide), 'utf8').matchAll(block)].map(
    ([, code, args = '', output = '']) => ({
      args,
      code: Number(code),
      output,
    }),
  );

  test('has commands', () => {
    expect(commands.length).toBeGreaterThan(0);
  });

  test.each(commands)('kmsim $args', async ({ args, code, output }) => {
    expect(await kmsim(args.split(' '), { cwd: root })).toMatchObject({ code, stdout: output, stderr: '' });
  });
});
