// A program of its own: one simulation behind HTTP, watched from inside. The first argument says what is in it; the parent asks it by messages.
// It ends when its parent does.

import { createHash } from 'node:crypto';
import { getHeapSnapshot } from 'node:v8';
import { takeSnapshot } from '@kmsim/kms';
import { createKmsim, serve } from 'kmsim';

const {
  clock = 'still',
  collapses = false,
  furnished: isFurnished = false,
  keys = 1,
  quotas = 'meter',
  seed = 'wire',
  trail = {},
  watched = false,
} = JSON.parse(process.argv[2] ?? '{}');

const role = 'arn:aws:iam::000000000000:role/App';
const allow = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } };
const sim = createKmsim({
  seed,
  clock,
  quotas,
  trail,
  identities: [{ arn: role, policies: { all: allow } }],
});

const problems = { changes: 0, defects: [] };
const defect = (error) => {
  if (problems.defects.length < 10)
    problems.defects.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
};
process.on('uncaughtException', defect);
process.on('unhandledRejection', defect);

/** Records and key material, without what is counted of quotas: requests that fail count, too. */
const everything = () => {
  const { clusters, state, vault } = takeSnapshot(sim.kms);
  return digest({ clusters, state: { ...state, quotas: undefined }, vault });
};
const records = () => digest({ ...sim.kms.state.records(), quotas: undefined });
const digest = (value) => createHash('sha256').update(JSON.stringify(value)).digest('hex');

let expected = '';

// Whatever changes the records, but for a call that succeeds, is a change by a refused one.
function watch() {
  const { dispatch } = sim.service;
  const refused = () => {
    if (records() !== expected) problems.changes += 1;
  };
  const succeeded = () => {
    expected = records();
  };
  sim.service.dispatch = (visit) => {
    try {
      const answer = dispatch(visit);
      if (!(answer instanceof Promise)) succeeded();
      else answer.then(succeeded, refused);
      return answer;
    } catch (error) {
      refused();
      throw error;
    }
  };
}

// A planted fault: a request costs the more the more sockets are open, as where a list is searched for each.
const ballast = 'x'.repeat(8_000);
function collapse() {
  const { dispatch } = sim.service;
  sim.service.dispatch = (visit) => {
    const sockets = process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
    // Work, not time: a machine that is busy elsewhere does no less of it.
    for (let times = 0; times < sockets; times++) digest(ballast);
    return dispatch(visit);
  };
}

const ids = [];
for (let n = 0; n < keys; n++) ids.push((await sim.as().createKey({ Description: `key ${n}` })).KeyMetadata.KeyId);
const make = async (input) => (await sim.as().createKey(input)).KeyMetadata.KeyId;
const furnished =
  watched || isFurnished
    ? {
        mac: await make({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }),
        pair: await make({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }),
        external: await make({ Origin: 'EXTERNAL' }),
      }
    : {};
await sim.as().createAlias({ AliasName: 'alias/first', TargetKeyId: ids.at(-1) });
const sealed = await sim.as().encrypt({ KeyId: ids[0], Plaintext: Buffer.from('a secret of the good client') });
const { secretAccessKey } = sim.accessKeys.first();
const server = await serve(sim, { onInternalError: defect });
if (collapses) collapse();
if (watched) {
  watch();
  expected = records();
}
const begin = sim.mark();

const handles = () =>
  process.getActiveResourcesInfo().filter((kind) => kind !== 'Timeout' && kind !== 'Immediate').length;

const answers = {
  figures: () => {
    for (let times = 0; times < 4; times++) globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    return { ...problems, heapUsed, rss, handles: handles(), dropped: sim.trail.dropped };
  },
  cpu: () => {
    const { system, user } = process.cpuUsage();
    return (system + user) / 1e6;
  },
  everything,
  /** Every string of the heap. */
  heap: async () => {
    globalThis.gc?.();
    const pieces = [];
    for await (const piece of getHeapSnapshot()) pieces.push(piece);
    const { strings } = JSON.parse(Buffer.concat(pieces).toString());
    return { strings: strings.join('\n') };
  },
  /** Goes back to where it began: the next batch meets the same. */
  rewind: () => {
    sim.rewind(begin);
    expected = records();
    return true;
  },
  /** Does nothing at all for so long. */
  stall: ({ milliseconds }) => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
    return true;
  },
  quotas: ({ mode, set }) => {
    sim.quotas.mode = mode;
    for (const [name, value] of Object.entries(set ?? {})) sim.quotas.set(name, value);
    return true;
  },
};

process.on('message', async ({ id, ask, ...rest }) => {
  try {
    process.send({ id, answer: await answers[ask](rest) });
  } catch (error) {
    process.send({ id, error: String(error) });
  }
});
process.on('disconnect', () => process.exit());
process.send({
  ready: {
    port: server.port,
    keys: ids,
    ...furnished,
    role,
    blob: Buffer.from(sealed.CiphertextBlob).toString('base64'),
    secretAccessKey,
  },
});
