// T16: ten times what a server can do, and ten times what a quota lets through. It goes on doing what it can, and is itself again at once.

import { type TrialContext, type TrialFigure, trial } from '../src/trial.ts';
import { type Asks, loadClient } from './wire/load.ts';
import {
  goodput,
  type Measured,
  measure,
  mostRecovery,
  recovered,
  recovery,
  settled,
  tenthOf,
  throttling,
  type Verdict,
} from './wire/overload.ts';
import { type Program, program, type ServerReady } from './wire/program.ts';
import { slowClients } from './wire/slow.ts';

const sustainable = 12;
const tenfold = 10 * sustainable;
const quota = 'Cryptographic operations (symmetric) request rate';
const overloaded = { seed: 'overload', clock: 'running', quotas: 'off' };

trial('T16', 'ten times too much', async (context) => {
  const planted = await plantedBreaks();
  await using server = await program<ServerReady>('./server.mjs', overloaded);
  await using client = await loadClient(server.ready, asksOf(server.ready));
  await measure(server, client, sustainable, context.size(1_000, 15_000));
  const slow = slowClients(server.ready.port, 200, 200);
  const figures = await settled((patience) => attempt(context, server, client, patience));
  await slow.ended;
  if (server.ended() !== undefined) throw new Error(server.ended());
  return [...figures, planted];
});

function asksOf({ blob, keys: [KeyId] }: ServerReady): Asks {
  return [
    ['Encrypt', { KeyId, Plaintext: 'c2VjcmV0' }],
    ['Decrypt', { CiphertextBlob: blob }],
    ['GenerateDataKey', { KeyId, KeySpec: 'AES_256' }],
  ];
}

/** Peak and overload in turn, so that what else the machine does is the same for both; then a quota that is a tenth of the peak. */
async function attempt(
  context: TrialContext,
  server: Program<ServerReady>,
  client: Program<object>,
  patience: number,
): Promise<readonly Verdict[]> {
  const { port } = server.ready;
  const milliseconds = patience * context.size(1_000, 15_000);
  const rounds = context.size(6, 16);
  const peaks: Measured[] = [];
  const overloads: Measured[] = [];
  const recoveries: number[] = [];
  await server.ask('quotas', { mode: 'off' });
  for (let round = 0; round < rounds; round++) {
    peaks.push(await measure(server, client, sustainable, milliseconds));
    overloads.push(await measure(server, client, tenfold, milliseconds));
    recoveries.push(await recovery(port));
    context.progress(round, rounds + 1);
  }
  const rate = tenthOf(peaks);
  await server.ask('quotas', { mode: 'enforce', set: { [quota]: rate } });
  const refused = await measure(server, client, sustainable, 3 * milliseconds);
  recoveries.push(await recovery(port));
  const strange = [...peaks, ...overloads, refused].flatMap(({ samples }) => samples);
  if (strange.length > 0) throw new Error(strange.join('\n'));
  return [goodput(peaks, overloads), throttling(refused, rate, peaks), recovered(recoveries)];
}

/** Servers with each of the three faults: what judges this one must refuse them. */
async function plantedBreaks(): Promise<TrialFigure> {
  await using server = await program<ServerReady>('./server.mjs', { ...overloaded, collapses: true });
  await using client = await loadClient(server.ready, asksOf(server.ready));
  const [short, peaks, overloads]: [number, Measured[], Measured[]] = [400, [], []];
  await measure(server, client, sustainable, short);
  // The connections of an overload stay open for a while, and it is they that this server suffers from.
  for (let round = 0; round < 3; round++) peaks.push(await measure(server, client, sustainable, short));
  for (let round = 0; round < 3; round++) overloads.push(await measure(server, client, tenfold, short));
  // Nobody has told it of the quota.
  const unlimited = await measure(server, client, sustainable, short);
  const stalled = server.ask('stall', { milliseconds: mostRecovery + 500 });
  const late = await recovery(server.ready.port);
  await stalled;
  const verdicts = {
    'one that collapses': goodput(peaks, overloads),
    'one without quotas': throttling(unlimited, tenthOf(peaks), peaks),
    'one that stalls': recovered([late]),
  };
  const missed = Object.entries(verdicts).filter(([, verdict]) => verdict.wrong + verdict.late === 0);
  return {
    count: Object.keys(verdicts).length,
    of: 'planted faults of a server not noticed',
    failures: missed.length,
    note:
      missed.length === 0
        ? Object.keys(verdicts).join(', ')
        : missed.map(([name, { note }]) => `${name}: ${note}`).join('; '),
  };
}
