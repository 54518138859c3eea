// Scripts in addresses: what was shared opens, and nothing else does.

import { deflateRawSync } from 'node:zlib';
import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { examples } from '../playground/src/examples.ts';
import { limits, type Script } from '../playground/src/script.ts';
import { fragmentOf, scriptIn } from '../playground/src/share.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 60 });
const step = fc.oneof(
  fc.record({ kind: fc.constant('clock' as const), advance: text }),
  fc.record({ kind: fc.constant('call' as const), name: text, operation: text, as: text, region: text, input: text }),
);
const script: fc.Arbitrary<Script> = fc.record({
  title: text,
  about: text,
  region: fc.constantFrom('', 'us-east-1', 'ap-southeast-2', 'us-gov-west-1'),
  principals: fc.array(fc.record({ arn: text, policy: text }), { maxLength: limits.principals }),
  steps: fc.array(step, { maxLength: limits.steps }),
});

async function shared(given: Script): Promise<string> {
  const made = await fragmentOf(given);
  return 'fragment' in made ? `#${made.fragment}` : expect.fail(made.problem);
}

property.prop([script], { numRuns: 30 })('a script comes back as it was', async (given) => {
  expect(await scriptIn(await shared(given))).toEqual(given);
});

test.each(examples.map((example) => [example.title, example] as const))(
  '"%s" fits into an address',
  async (_, example) => {
    const address = await shared(example);
    expect(await scriptIn(address)).toEqual(example);
    // What chats and mail programs leave whole.
    expect(address.length).toBeLessThan(2000);
  },
);

test('an address without a script has none', async () => {
  for (const hash of ['', '#', '#top', '#x=abc']) expect(await scriptIn(hash)).toBeUndefined();
});

const packed = (value: unknown): string => `#s=${deflateRawSync(JSON.stringify(value)).toString('base64url')}`;
const [example] = examples;
const many = Array.from({ length: limits.steps + 1 }, () => ({ kind: 'clock', advance: '1 day' }));

test.each([
  ['characters that are not base64url', '#s=<script>', 'characters that do not belong'],
  ['what is not compressed', '#s=AAAA', 'damaged'],
  ['a part of an address', async () => (await shared(example as Script)).slice(0, -20), 'cut off'],
  ['more than an address carries', `#s=${'A'.repeat(40_000)}`, 'too long'],
  [
    'a bomb',
    `#s=${deflateRawSync(Buffer.alloc(10_000_000, 32)).toString('base64url')}`,
    'far too long when it is unpacked',
  ],
  ['no object', packed([1]), 'no script'],
  ['no steps', packed({ ...example, steps: 7 }), 'no list'],
  ['too many steps', packed({ ...example, steps: many }), 'more than 40 steps'],
  ['a step of another kind', packed({ ...example, steps: [{ kind: 'shell' }] }), 'neither a request nor a push'],
  ['a step without its operation', packed({ ...example, steps: [{ kind: 'call', name: '' }] }), 'operation is missing'],
  ['a text that is a number', packed({ ...example, title: 7 }), 'title is missing'],
  [
    'inherited members',
    packed({ ...example, steps: [{ kind: 'clock', __proto__: { advance: '1 day' } }] }),
    'advance is missing',
  ],
  ['a Region that is none', packed({ ...example, region: 'nonsense' }), 'region in it is no Region'],
  ['a name without end', packed({ ...example, title: 'x'.repeat(201) }), 'longer than 200'],
])('%s: one sentence', async (_, hash, words) => {
  const found = await scriptIn(typeof hash === 'string' ? hash : await hash());
  expect(found).toEqual({ problem: expect.stringContaining(words) });
});

test('what is too much for an address is not shared', async () => {
  // Nothing in it comes again, so that compression helps little.
  let state = 1;
  const noise = (): string => {
    state = (state * 48_271) % 2_147_483_647;
    return state.toString(36);
  };
  const steps = Array.from({ length: 8 }, () => ({
    kind: 'call' as const,
    name: '',
    operation: 'Encrypt',
    as: '',
    region: '',
    input: Array.from({ length: 3000 }, noise).join('').slice(0, limits.text),
  }));
  const made = await fragmentOf({ ...(example as Script), steps });
  expect('problem' in made && made.problem).toContain('too much');
});
