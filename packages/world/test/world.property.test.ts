// A simulated world can be left at any point and gone on with from its position.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { simulatedWorld, type World } from '../src/world.ts';

const label = fc.oneof(fc.constantFrom('Encrypt', 'Decrypt', '__proto__', '1'), fc.string({ maxLength: 3 }));
const request = fc.record({ label, lengths: fc.array(fc.nat(200), { maxLength: 3 }), wait: fc.nat(1_000) });
const requests = fc.array(request, { maxLength: 60 });

type Request = Parameters<Parameters<typeof requests.map>[0]>[0][number];

function serve(world: World, { label: asked, lengths, wait }: Request): string {
  world.clock.moveTo(world.clock.now() + wait);
  const cursor = world.cursor(asked);
  const id = world.uuid(asked, cursor.next);
  const stream = cursor.take();
  return `${world.clock.now()} ${id} ${lengths.map((length) => Buffer.from(stream.draw(length)).toString('hex'))}`;
}

test.prop([fc.string(), requests, fc.nat(60)])('position, then on, equals on', (seed, all, cut) => {
  const whole = simulatedWorld({ seed });
  const expected = all.map((one) => serve(whole, one));
  const first = simulatedWorld({ seed });
  const before = all.slice(0, cut).map((one) => serve(first, one));
  const second = simulatedWorld({ seed: 'unused', position: JSON.parse(JSON.stringify(first.position())) });
  const after = all.slice(cut).map((one) => serve(second, one));
  expect([...before, ...after]).toEqual(expected);
  expect(second.position()).toEqual(whole.position());
});
