// T12: no nonce is used twice under a key, whatever is forked, restored, rewound or started again; and no two things have one id.

import { fileURLToPath, pathToFileURL } from 'node:url';
import { KMS } from '@aws-sdk/client-kms';
import { createKmsim, type Kmsim, type KmsMethods } from 'kmsim';
import { nonceAt } from '../../packages/hsm-core/src/envelope.ts';
import { start } from '../../packages/kmsim/test/child.ts';
import { breath } from '../src/properties.ts';
import { type TrialContext, type TrialFigure, trial } from '../src/trial.ts';

/** Half of each nonce: that two of 64 bits are the same by chance is one in 10,000 for a hundred million. */
class Nonces {
  readonly #all: BigUint64Array;
  count = 0;

  constructor(most: number) {
    this.#all = new BigUint64Array(most);
  }

  add(blob: Uint8Array): void {
    const { buffer, byteOffset } = blob;
    this.#all[this.count++] = new DataView(buffer, byteOffset).getBigUint64(nonceAt);
  }

  repeated(): number {
    const sorted = this.#all.subarray(0, this.count).sort();
    let repeats = 0;
    for (let at = 1; at < sorted.length; at++) if (sorted[at] === sorted[at - 1]) repeats += 1;
    return repeats;
  }
}

const Plaintext = new Uint8Array(1);

async function encrypt(
  kms: KmsMethods,
  KeyId: string,
  nonces: Nonces,
  count: number,
  said: TrialContext['progress'] = () => {},
): Promise<void> {
  for (let at = 0; at < count; at++) {
    const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext });
    nonces.add(CiphertextBlob as Uint8Array);
    if (at % 5_000 !== 0) continue;
    said(at, count);
    await breath();
  }
}

async function keyOf(sim: Kmsim): Promise<string> {
  const { KeyMetadata } = await sim.as().createKey();
  return KeyMetadata?.Arn ?? '';
}

/** One key of a world without a seed, and everything by which it may come to be there twice. */
async function inAllWays(each: number): Promise<TrialFigure> {
  const nonces = new Nonces(20 * each);
  using sim = createKmsim();
  const KeyId = await keyOf(sim);
  const old = JSON.stringify(sim.snapshot());
  await encrypt(sim.as(), KeyId, nonces, each);
  const mark = sim.mark();
  for (let again = 0; again < 3; again++) {
    for (const one of [sim.fork(), createKmsim({ snapshot: JSON.parse(old) })]) {
      await encrypt(one.as(), KeyId, nonces, each);
      one.close();
    }
    sim.rewind(mark);
    await encrypt(sim.as(), KeyId, nonces, each);
  }
  return {
    count: nonces.count,
    of: 'nonces of one key repeat across forks, rewinds and old snapshots, without a seed,',
    failures: nonces.repeated(),
  };
}

const child = `
  const { createKmsim } = await import(process.argv[1]);
  const kms = createKmsim().as();
  const { KeyMetadata } = await kms.createKey();
  const lines = [KeyMetadata.KeyId];
  for (let at = 0; at < 2_000; at++) {
    const { CiphertextBlob } = await kms.encrypt({ KeyId: lines[0], Plaintext: new Uint8Array(1) });
    lines.push(Buffer.from(CiphertextBlob).toString('base64'));
  }
  process.stdout.write(lines.join('\\n'));
`;

async function acrossRestarts(): Promise<TrialFigure> {
  const face = pathToFileURL(fileURLToPath(new URL('../../packages/kmsim/dist/index.js', import.meta.url))).href;
  const nonces = new Nonces(20_000);
  const ids = new Set<string>();
  const runs = 3;
  for (let run = 0; run < runs; run++) {
    const { code, stderr, stdout } = await start(process.execPath, ['--input-type=module', '-e', child, face], {
      timeout: 60_000,
    }).ended;
    if (code !== 0) throw new Error(stderr);
    const [keyId = '', ...blobs] = stdout.split('\n');
    ids.add(keyId);
    for (const blob of blobs) nonces.add(Uint8Array.from(Buffer.from(blob, 'base64')));
  }
  const repeats = nonces.repeated();
  return {
    count: nonces.count,
    of: `nonces repeat in ${runs} processes without a seed`,
    failures: repeats + runs - ids.size,
  };
}

async function ids(each: number): Promise<TrialFigure> {
  using sim = createKmsim({ seed: 'ids' });
  using other = createKmsim();
  const seen = new Set<string>();
  let count = 0;
  const add = (...texts: readonly (string | undefined)[]): void => {
    for (const text of texts) seen.add(text ?? '');
    count += texts.length;
  };
  for (const one of [sim, other]) {
    const kms = one.as();
    const GranteePrincipal = `arn:aws:iam::${one.account}:role/App`;
    let KeyId = '';
    for (let at = 0; at < each; at++) {
      const { KeyMetadata } = await kms.createKey();
      add(KeyMetadata?.KeyId, KeyMetadata?.CurrentKeyMaterialId);
      KeyId = KeyMetadata?.KeyId ?? '';
      if (at % 1_000 === 0) await breath();
    }
    for (let at = 0; at < each; at++) {
      const { GrantId, GrantToken } = await kms.createGrant({ KeyId, GranteePrincipal, Operations: ['Decrypt'] });
      add(GrantId, GrantToken);
      if (at % 1_000 === 0) await breath();
    }
    const client = new KMS(one.clientConfig());
    for (let at = 0; at < each / 10; at++) add((await client.describeKey({ KeyId })).$metadata.requestId);
  }
  return {
    count,
    of: 'ids of keys, materials, grants and requests repeat',
    failures: count - seen.size,
  };
}

trial('T12', 'nonces and ids are unique', async (context) => {
  const all = context.size(1_000_000, 50_000_000);
  const nonces = new Nonces(all);
  // A seeded world repeats itself in another process, and never within itself.
  using sim = createKmsim({ seed: context.seed });
  await encrypt(sim.as(), await keyOf(sim), nonces, all, context.progress);
  return [
    { count: nonces.count, of: 'nonces of one key repeat in one world', failures: nonces.repeated() },
    await inAllWays(context.size(10_000, 1_000_000)),
    await acrossRestarts(),
    await ids(context.size(10_000, 200_000)),
  ];
});
