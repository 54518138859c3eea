// T7: what no client should send, at a real socket, while a good client goes on. Nothing crashes, nothing hangs, nothing is changed by what is refused.

import { eachSeed } from '../src/properties.ts';
import { type TrialFigure, trial } from '../src/trial.ts';
import { Dice } from './wire/dice.ts';
import { goodClient, load } from './wire/good-client.ts';
import { httpGuns } from './wire/http-shots.ts';
import { jsonGuns, matrix, matrixSize } from './wire/json-shots.ts';
import { unmodelled } from './wire/modelled.ts';
import { type Program, percentile, program, type ServerFigures, type ServerReady, type Taken } from './wire/program.ts';
import type { Range, Shot } from './wire/shots.ts';
import { slowClients } from './wire/slow.ts';
import { exchange, type HttpAnswer, Line, loopback } from './wire/socket.ts';

const shotsOfSeed = 500;
const atOnce = 3;
const hang = 1000;
const allowedRatio = 5;

trial('T7', 'fuzz at a socket beside a good client', async (context) => {
  await using server = await program<ServerReady>('./server.mjs', { seed: 'fuzz', keys: 3, watched: true });
  await using good = await goodClient(server.ready);
  const before = await server.ask<string>('everything');
  const slow = slowClients(server.ready.port, context.size(600, 960), 200);
  const target: Target = {
    server,
    lines: Array.from({ length: atOnce }, (_, at) => new Line(server.ready.port, loopback(at))),
  };
  let tens: Ten[] = [];
  const failed: string[] = [];
  const measured = async (into: number[], work: () => Promise<void>): Promise<void> => {
    await good.ask('start');
    try {
      await work();
    } finally {
      const { failures, taken } = await good.ask<Taken>('stop');
      into.push(...taken);
      failed.push(...failures);
    }
  };
  let fired = 0;
  const tally = { matrixAt: 0, answered: 0 };
  const round = async (seed: number): Promise<void> => {
    await load(good, server.ready);
    if (fired++ % 10 === 0) tens.push({ quiet: [], busy: [] });
    const { busy, quiet } = tens.at(-1) ?? { busy: [], quiet: [] };
    await measured(quiet, () => pause(150));
    await measured(busy, () => fire(target, seed, tally));
    await server.ask('rewind');
  };
  let seeds = await eachSeed(context, { runs: context.size(60, 6_000) }, round);
  // A machine that was busy with something else is not so for twice as long again; a server that is slow is.
  const [first, again] = [tens, context.size(120, 240)];
  if (ratioOf(first) > allowedRatio) {
    [tens, fired] = [[], 0];
    seeds += await eachSeed({ ...context, seed: context.seed + seeds }, { runs: again }, round);
  }
  for (const line of target.lines) line.close();
  const ended = await slow.ended;
  const figures = await server.ask<ServerFigures>('figures');
  const after = await server.ask<string>('everything');
  const problems = [...figures.defects, ...failed, ...(server.ended() === undefined ? [] : [server.ended()])];
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return [
    {
      count: seeds * shotsOfSeed,
      of: 'requests that crashed it, hung or had an unmodelled answer',
      failures: 0,
      note: `${tally.answered} answers`,
    },
    {
      count: seeds * shotsOfSeed,
      of: 'requests that were refused and changed something',
      failures: figures.changes + Number(before !== after),
    },
    {
      count: ended.length,
      of: 'slow clients that the server did not end',
      failures: ended.filter((took) => took === undefined).length,
    },
    goodFigure(tens, first),
  ];
});

interface Target {
  readonly server: Program<ServerReady>;
  readonly lines: readonly Line[];
}

interface Tally {
  matrixAt: number;
  answered: number;
}

/** The shots of one seed: whole requests over connections that stay, others each over its own. */
async function fire({ lines, server }: Target, seed: number, tally: Tally): Promise<void> {
  const { ready } = server;
  const dice = new Dice(seed);
  // The first key is the good client's: whoever is let in may do with the others what he likes.
  const range: Range = {
    ...ready,
    keys: ready.keys.slice(1),
    signer: { accessKeyId: 'test', secretAccessKey: ready.secretAccessKey },
    now: Date.now(),
  };
  const shots = Array.from({ length: shotsOfSeed }, (_, at): Shot => {
    if (at % 5 === 0) return dice.pick(httpGuns)(dice, range);
    if (at % 5 === 1) return matrix((tally.matrixAt++ + seed * 100) % matrixSize)(dice, range);
    return dice.pick(jsonGuns)(dice, range);
  });
  await Promise.all(
    lines.map(async (line, lane) => {
      for (let at = lane; at < shots.length; at += lines.length) {
        const shot = shots[at] as Shot;
        const answers = await hit(server, line, shot, loopback(10 + (at % 80)));
        tally.answered += answers;
      }
    }),
  );
}

/** How many answers there were. Throws where one is not as it must be. */
async function hit(server: Program<ServerReady>, line: Line, shot: Shot, from: string | undefined): Promise<number> {
  // What is slow once may have been stopped by others on the machine; what hangs, hangs again.
  for (let attempt = 1; ; attempt++) {
    const began = performance.now();
    const answers = shot.isWhole === true ? [await line.ask(shot.bytes)] : await alone(server.ready.port, shot, from);
    const took = performance.now() - began;
    if (server.ended() !== undefined) throw new Error(`${shown(shot)}: the server ${server.ended()}`);
    for (const answer of answers) {
      const wrong = answer === undefined ? 'no answer' : unmodelled(answer, shot);
      if (wrong !== undefined) throw new Error(`${shown(shot)}: ${wrong}`);
    }
    if (took <= hang) return answers.length;
    if (attempt === 3) throw new Error(`${shown(shot)}: ${Math.round(took)} ms, three times`);
  }
}

async function alone(
  port: number,
  { bytes }: Shot,
  from: string | undefined,
): Promise<readonly (HttpAnswer | undefined)[]> {
  return (await exchange(port, bytes, { end: true, ...(from !== undefined && { from }) })).answers;
}

function shown({ bytes, name, operation }: Shot): string {
  return `${name} ${operation ?? ''} ${JSON.stringify(Buffer.from(bytes.subarray(-300)).toString('latin1'))}`;
}

interface Ten {
  readonly quiet: number[];
  readonly busy: number[];
}

/** By ten seeds each: what else the machine does comes and goes, and only ever adds, so the lower quarter of the ratios is this server's. */
function ratioOf(tens: readonly Ten[]): number {
  return percentile(
    tens.map(({ busy, quiet }) => percentile(busy, 0.99) / percentile(quiet, 0.99)),
    0.25,
  );
}

function goodFigure(tens: readonly Ten[], first: readonly Ten[]): TrialFigure {
  const ratio = ratioOf(tens);
  const quiet = tens.flatMap((ten) => ten.quiet);
  const before = tens === first ? '' : `; measured again, at first ${ratioOf(first).toFixed(1)}x`;
  return {
    count: quiet.length + tens.flatMap(({ busy }) => busy).length,
    of: `requests of the good client failed, or were slower than ${allowedRatio}x at p99`,
    failures: Number(!(ratio <= allowedRatio)),
    note: `p99 ${ratio.toFixed(1)}x of quiet, which is ${percentile(quiet, 0.99).toFixed(1)} ms${before}`,
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
