// What the command takes, and what it says to a slip of the pen.

import { CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import { commandLine, type Options } from '../src/options.ts';

const suites = ['requests', 'requests-portable', 'corridor'].map((name) => ({ name, about: `About ${name}.` }));

async function parsed(...argv: string[]): Promise<{ options?: Options; names?: readonly string[]; said: string }> {
  const result: { options?: Options; names?: readonly string[]; said: string } = { said: '' };
  const command = commandLine(suites, async (options, names) => {
    Object.assign(result, { options, names });
  });
  const write = (text: string): void => {
    result.said += text;
  };
  command.exitOverride().configureOutput({ writeOut: write, writeErr: write });
  await command.parseAsync(argv, { from: 'user' }).catch((error: unknown) => {
    if (!(error instanceof CommanderError)) throw error;
  });
  return result;
}

test('a suite is named as it is or behind --only, once', async () => {
  expect((await parsed('corridor', '--only', 'requests', '--only', 'corridor')).names).toEqual([
    'corridor',
    'requests',
  ]);
  expect((await parsed()).names).toEqual([]);
});

test('the file of a report may be left out', async () => {
  expect((await parsed('--report')).options?.report).toBe(true);
  expect((await parsed('--report', 'a.html', 'corridor')).options?.report).toBe('a.html');
  expect((await parsed('--report', 'corridor')).said).toContain('names of suites go before --report');
});

test('the noise is a percentage', async () => {
  expect((await parsed()).options?.noise).toBe(0.1);
  expect((await parsed('--noise', '5')).options?.noise).toBe(0.05);
  expect((await parsed('--noise', 'much')).said).toContain('A percentage is a number');
});

describe('slips', () => {
  test.each([
    ['coridor', "Did you mean 'corridor'?"],
    ['request', "Did you mean 'requests'?"],
    ['zzz', 'There are: requests, requests-portable, corridor.'],
  ])('%s', async (written, hint) => {
    for (const argv of [[written], ['--only', written]]) {
      const { options, said } = await parsed(...argv);
      expect(options).toBeUndefined();
      expect(said).toContain(hint);
    }
  });

  test('an option', async () => {
    expect((await parsed('--smok')).said).toContain('Did you mean --smoke?');
  });

  test.each(['127.0.0.1:4599', 'file:///etc/hosts', 'ws://a'])('%s is no endpoint', async (url) => {
    expect((await parsed('--against', url)).said).toContain('An endpoint is an http or https address');
  });
});

test('--help tells every suite, and what --against leaves behind', async () => {
  const { said } = await parsed('--help');
  for (const { about, name } of suites) expect(said).toMatch(new RegExp(`${name} +${about}`));
  expect(said).toContain('--against creates keys at the endpoint');
});
