// `kmsim`: help, version, and what it says of a command line it does not understand.

import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildTimeout, built } from '../build.ts';
import { kmsim } from '../child.ts';

beforeAll(() => built(), buildTimeout);

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

test('--version is the version of the package', async () => {
  expect(await kmsim(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
});

describe('help', () => {
  test.each([['--help'], ['-h'], ['help']])('kmsim %s names the commands', async (flag) => {
    const { code, stderr, stdout } = await kmsim([flag]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: kmsim /);
    expect(stdout).toContain('serve');
    expect(stdout).toContain('Not for real secrets.');
  });

  test('kmsim serve --help names every option, fits a terminal and shows what to type', async () => {
    const { code, stdout } = await kmsim(['serve', '--help']);
    expect(code).toBe(0);
    for (const flag of [
      '--port',
      '--seed',
      '--start',
      '--clock',
      '--identities',
      '--organization',
      '--access-keys',
      '--region',
      '--account',
      '--credentials',
      '--host',
      '--allow-host',
      '--i-understand-this-is-exposed',
      '--json',
    ]) {
      expect(stdout).toContain(`  ${flag}`);
    }
    expect(stdout).toContain('default: 4599');
    expect(stdout).not.toContain('default: []');
    expect(stdout).toContain('$ aws kms create-key');
    expect(stdout).toContain('AWS_ENDPOINT_URL_STS=http://127.0.0.1:4599');
    expect(stdout).toContain('node_modules/.bin/kmsim serve');
    expect(stdout).toContain('--endpoint-url http://127.0.0.1:4599');
  });
});

describe.concurrent('mistakes end with 1, one or two lines and no stack', () => {
  test.each([
    [[], /^Usage: kmsim/],
    [['sevre'], /unknown command 'sevre'/],
    [['serve', '--prot', '1'], /unknown option '--prot'[\s\S]*\(kmsim serve --help shows what there is\)/],
    [['score', '--xyz'], /unknown option '--xyz'[\s\S]*\(kmsim score --help shows what there is\)/],
    [['serve', '--port', 'x'], /A port is a number from 0 to 65535\./],
    [['serve', '--port', '65536'], /A port is a number from 0 to 65535\./],
    [['serve', '--port', '-1'], /A port is a number from 0 to 65535\./],
    [['serve', '--port'], /argument missing/],
    [['serve', '--account', '12'], /An account id has 12 digits\./],
    [['serve', '--region', 'mars'], /A Region is named as 'us-east-1'\./],
    [['serve', '--credentials', 'lax'], /Allowed choices are strict, permissive\./],
    [['serve', 'extra'], /too many arguments/],
  ])('kmsim %j', async (args, message) => {
    const { code, stderr, stdout } = await kmsim(args);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    if (args.length > 0) expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(3);
  });
});

test.each([[['se\u001b[2Jrve']], [['serve', '--\u009b2J']], [['serve', '--region', '\u001b[2J']]])(
  'kmsim %j moves no cursor',
  async (args) => {
    const { code, stderr } = await kmsim(args);
    expect(code).toBe(1);
    expect(stderr).toMatch(/\\u\{(?:1b|9b)\}/);
    expect(stderr.replaceAll('\n', '')).not.toMatch(/\p{C}/u);
  },
);
