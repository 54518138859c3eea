// T2: calls that come at the same time, through every door, permuted wherever one waits. What they are told could have come of some order one after the other.

import { serveHttp } from '@kmsim/wire/http';
import fc from 'fast-check';
import { admin } from '../../packages/kms/test/engine.ts';
import { librariesLoaded } from '../../packages/kms/test/libraries.ts';
import { assertProperty } from '../src/properties.ts';
import { trial } from '../src/trial.ts';
import { type Command, commands, run, seen } from './concurrency/commands.ts';
import { type Hold, type Room, room } from './concurrency/room.ts';
import { type Happened, serialOrder } from './concurrency/serial-order.ts';
import { whileItSpreads } from './concurrency/spreading-commands.ts';

trial('T2', 'concurrent calls are linearizable', async (context) => {
  await librariesLoaded();
  const tally = { calls: 0, waited: 0, tried: 0 };
  const permuted = await assertProperty(
    context,
    fc.asyncProperty(fc.scheduler(), commands(['direct', 'wire', 'sdk']), async (scheduler, asked) => {
      const hold: Hold = (promise, label) => {
        tally.waited += 1;
        return scheduler.schedule(promise, label);
      };
      const one = room(hold);
      const happening = together(asked, one, (command) => scheduler.schedule(Promise.resolve(), command.operation));
      await scheduler.waitFor(happening.then(() => undefined));
      await demand(await happening, one, tally);
    }),
    { runs: context.size(500, 20_000), name: 'permuted' },
  );
  const inAnEventualWorld = (hold?: Hold): Room => room(hold, true);
  const spreading = await assertProperty(
    context,
    fc.asyncProperty(fc.scheduler(), commands(['direct', 'wire', 'sdk'], whileItSpreads), async (scheduler, asked) => {
      const hold: Hold = (promise, label) => {
        tally.waited += 1;
        return scheduler.schedule(promise, label);
      };
      const one = inAnEventualWorld(hold);
      const happening = together(asked, one, (command) => scheduler.schedule(Promise.resolve(), command.operation));
      await scheduler.waitFor(happening.then(() => undefined));
      await demand(await happening, one, tally, inAnEventualWorld);
    }),
    { runs: context.size(300, 10_000), name: 'spreading' },
  );
  const overHttp = await assertProperty(
    context,
    fc.asyncProperty(
      fc.infiniteStream(fc.nat({ max: 3 })),
      commands(['direct', 'sdk', 'http']),
      async (turns, asked) => {
        // What is waited for comes some turns of the event queue later.
        const hold: Hold = async (promise) => {
          tally.waited += 1;
          for (let left = turns.next().value ?? 0; left > 0; left--)
            await new Promise((resolve) => setImmediate(resolve));
          return promise;
        };
        const one = room(hold);
        const door = await serveHttp(one.kms, {
          credentials: { mode: 'permissive', principalFor: () => admin.principal },
          defaultRegion: admin.region,
          signatureClock: () => Date.now(),
        });
        try {
          const happened = await together(asked, one, (_, at) => hold(Promise.resolve(), String(at)), door.port);
          await demand(happened, one, tally);
        } finally {
          await door.close();
        }
      },
    ),
    { runs: context.size(60, 2_000), name: 'http' },
  );
  return [
    {
      count: permuted + spreading + overHttp,
      of: 'runs of concurrent calls that no serial order explains',
      failures: 0,
      note: `${spreading} while changes of permissions spread; ${tally.calls} calls, ${tally.waited} awaits permuted, ${tally.tried} calls played again`,
    },
  ];
});

/** All at once: each when `turn` lets it in. */
async function together(
  asked: readonly Command[],
  one: Room,
  turn: (command: Command, at: number) => Promise<unknown>,
  port = 0,
): Promise<readonly Happened[]> {
  let clock = 0;
  return Promise.all(
    asked.map(async (command, at): Promise<Happened> => {
      await turn(command, at);
      const began = clock++;
      const heard = await run(command, one, port);
      return { command, heard, began, ended: clock++ };
    }),
  );
}

async function demand(
  happened: readonly Happened[],
  one: Room,
  tally: { calls: number; tried: number },
  newRoom: () => Room = room,
): Promise<void> {
  // From here on nothing is held back.
  one.letGo();
  const { found, tried } = await serialOrder(happened, await seen(one), newRoom);
  tally.calls += happened.length;
  tally.tried += tried;
  if (!found)
    throw new Error(
      happened
        .map(
          ({ began, command, ended, heard }) =>
            `${began}-${ended} ${command.operation} ${JSON.stringify(command.input)} ${heard}`,
        )
        .join('\n'),
    );
}
