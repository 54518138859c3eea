// The commands that the guides show are run, and print what the guides say.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildTimeout, built } from '../../packages/kmsim/test/build.ts';
import { kmsim } from '../../packages/kmsim/test/child.ts';
import { root } from '../run.mjs';

const block = /<!-- run: ends with (\d) -->\n```(?:txt)?\n\$ npx kmsim (.*)\n([\s\S]*?)```/g;
const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => join('docs', name));
const guides = [...inDocs, 'site/pages/index.md']
  .filter((name) => name.endsWith('.md'))
  .filter((name) => readFileSync(join(root, name), 'utf8').includes('<!-- run: '));

describe.each(guides)('%s', (guide) => {
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
