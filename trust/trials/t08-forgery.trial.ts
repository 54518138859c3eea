// T8: requests with a signature that is not theirs, over HTTP: none is acted on, and every valid one is.

import { serveHttp } from '@kmsim/wire/http';
import fc from 'fast-check';
import { createKmsim } from 'kmsim';
import { forgedHeaders, forgeryFault, signedForForgery } from '../../packages/wire/test/header-forgeries.ts';
import { assertProperty, eachSeed } from '../src/properties.ts';
import { trial } from '../src/trial.ts';
import { Dice } from './wire/dice.ts';
import { forgeries } from './wire/forgeries.ts';
import { draft, expired, now, other, owner, temporary } from './wire/forgery.ts';
import { harmless, type Writing } from './wire/harmless.ts';
import { wireBytes } from './wire/request.ts';
import { exchange, loopback } from './wire/socket.ts';

const atOnce = 8;

trial('T8', 'forged signatures at the HTTP door', async (context) => {
  const sim = createKmsim({ seed: context.seed });
  const principal = sim.caller().principal;
  const known = new Map(
    [owner, other, temporary, expired].map((key) => [key.accessKeyId, { ...key, principal, expired: key === expired }]),
  );
  let acted = 0;
  const service = {
    ...sim.service,
    dispatch: (visit: Parameters<typeof sim.service.dispatch>[0]) => {
      acted += 1;
      return sim.service.dispatch(visit);
    },
  };
  const door = await serveHttp(service, {
    credentials: { mode: 'strict', lookup: (id) => known.get(id) },
    defaultRegion: 'us-east-1',
    signatureClock: () => now,
  });
  /** The answers to so many at once, and how many of them the engine has seen. */
  const attempt = async (seed: number, ways: readonly (readonly [string, Writing])[]): Promise<readonly string[]> => {
    const said = ways.map(async ([name, write], index) => {
      const dice = new Dice(seed * atOnce + index);
      const bytes = wireBytes(write(draft(dice), dice));
      const { answers } = await exchange(door.port, bytes, { from: loopback(index) ?? '127.0.0.1', end: true });
      const [first] = answers;
      return `${name}: ${first === undefined ? 'closed' : `${first.status} ${codeOf(first.body)}`}`;
    });
    return Promise.all(said);
  };
  try {
    const refused = Object.entries(forgeries);
    const tries = await eachSeed(context, { runs: context.size(250, 25_000), name: 'forged' }, async (seed) => {
      const before = acted;
      // Every way comes as often as the others.
      const ways = Array.from({ length: atOnce }, (_, index) => refused[(seed * atOnce + index) % refused.length]);
      const said = await attempt(seed, ways as (readonly [string, Writing])[]);
      const wrong = said.filter((line) => !/: (closed|4\d\d )/.test(line));
      if (acted !== before || wrong.length > 0)
        throw new Error(`${acted - before} forged requests were acted on:\n${said.join('\n')}`);
    });
    const accepted = Object.entries(harmless);
    const good = await eachSeed(context, { runs: context.size(60, 2_000), name: 'valid' }, async (seed) => {
      const before = acted;
      const ways = Array.from({ length: atOnce }, (_, index) => accepted[(seed * atOnce + index) % accepted.length]);
      const said = await attempt(seed, ways as (readonly [string, Writing])[]);
      if (acted !== before + atOnce || said.some((line) => !line.includes(': 200 ')))
        throw new Error(`Valid requests were refused:\n${said.join('\n')}`);
    });
    const signed = await signedForForgery();
    const claims = await assertProperty(
      context,
      fc.property(forgedHeaders, (forged) => {
        const fault = forgeryFault(signed, forged);
        if (fault !== undefined) throw new Error(fault);
      }),
      { runs: context.size(10_000, 500_000), name: 'headers' },
    );
    return [
      { count: tries * atOnce, of: 'forged requests accepted', failures: 0, note: `${refused.length} ways` },
      {
        count: good * atOnce,
        of: 'valid requests refused',
        failures: 0,
        note: `${accepted.length} ways to write them`,
      },
      { count: claims, of: 'requests with forged headers taken for another account or Region', failures: 0 },
    ];
  } finally {
    await door.close();
    sim.close();
  }
});

function codeOf(body: string): string {
  return /"__type":"(\w+)"/.exec(body)?.[1] ?? '';
}
