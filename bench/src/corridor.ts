// What the corridor adds: requests over a backend whose primitives do nothing.

import { parsePrincipal } from '@kmsim/authz';
import { type Backend, chooseBackend, sealRandomLength, Vault } from '@kmsim/hsm-core';
import { type Caller, createKms, type Kms, type OperationName, Trail, Visit } from '@kmsim/kms';
import { type RandomStream, simulatedWorld } from '@kmsim/world';
import { type Alternative, interleave, rowsOf, type Timing } from './interleave.ts';
import { context, nth, seed } from './keys.ts';
import type { Suite } from './suite.ts';

const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
});

export const corridor: Suite = {
  name: 'corridor',
  about:
    'Requests with primitives that do nothing: everything the engine does beside cryptography. Alone: without random bytes and without what is ' +
    'around a ciphertext (its buffer, its header, the canonical encryption context); authorization and audit are on.',
  nodeFlags: [],
  run: async (effort) => {
    const { backend, silence } = quietBackend();
    const world = simulatedWorld({ seed });
    const kms = createKms({ world, backend, trail: new Trail({ world }) });
    const administrator = callerOf('administrator');
    const nobody = callerOf('nobody');
    kms.identities.put({ arn: administrator.principal.arn, policies: [{ name: 'all', text: everything }] });
    const keys = Array.from({ length: 100 }, () => created(kms, administrator));
    const Plaintext = new Uint8Array(32).fill(1);
    const encrypt = (n: number): object => ({ KeyId: nth(keys, n), Plaintext, EncryptionContext: context });
    const blobs = keys.map((_, n) => blobOf(kms.dispatch(visit('Encrypt', encrypt(n), administrator))));
    const vault = new Vault(backend);
    const material = vault.create('bench', new Uint8Array(32));
    const pairs = new Map(Object.entries(context));
    const random = new Uint8Array(sealRandomLength);
    const stream = world.cursor('bench');
    const sealed = vault.seal(material, 'encrypt', pairs, Plaintext, random);
    const found = sealed instanceof Uint8Array ? vault.find(sealed) : 'malformed';
    if (!(sealed instanceof Uint8Array) || typeof found === 'string')
      throw new Error('the vault knows its own ciphertext');
    silence();
    const dispatched = (name: string, operation: OperationName, input: (n: number) => object): Alternative =>
      repeated(name, (n) => kms.dispatch(visit(operation, input(n), administrator)));
    const timings = await interleave(
      [
        dispatched('Encrypt', 'Encrypt', encrypt),
        repeated(bytes, () => stream.take().lend(sealRandomLength)),
        repeated(envelope, () => vault.seal(material, 'encrypt', pairs, Plaintext, random)),
        dispatched('Decrypt', 'Decrypt', (n) => ({ CiphertextBlob: nth(blobs, n), EncryptionContext: context })),
        repeated(opened, () => vault.open(found, pairs, sealed)),
        dispatched('GenerateDataKey', 'GenerateDataKey', (n) => ({
          KeyId: nth(keys, n),
          KeySpec: 'AES_256',
          EncryptionContext: context,
        })),
        repeated(dataKey, () => bytesOfDataKey(stream.take())),
        dispatched('DescribeKey', 'DescribeKey', (n) => ({ KeyId: nth(keys, n) })),
        repeated('Encrypt, refused (AccessDeniedException)', (n) => refused(kms, visit('Encrypt', encrypt(n), nobody))),
      ],
      effort,
    );
    const alone = [
      without(timings, 'Encrypt', [bytes, envelope]),
      without(timings, 'Decrypt', [opened]),
      without(timings, 'GenerateDataKey', [dataKey, envelope]),
    ];
    return [
      { title: 'The corridor, without cryptography', rows: rowsOf(timings) },
      { title: 'The corridor alone', rows: rowsOf(alone) },
    ];
  },
};

const bytes = '  random bytes of an encryption, seeded';
const envelope = '  its context and envelope';
const opened = '  its context and envelope, opened';
const dataKey = '  random bytes of a data key and its encryption, seeded';

function bytesOfDataKey(stream: RandomStream): void {
  stream.draw(32);
  stream.lend(sealRandomLength);
}

/** What is left of a request, round by round. */
function without(timings: readonly Timing[], name: string, parts: readonly string[]): Timing {
  const roundsOf = (wanted: string): readonly number[] => timings.find((one) => one.name === wanted)?.rounds ?? [];
  const rounds = roundsOf(name).map((whole, round) =>
    parts.reduce((left, part) => left - (roundsOf(part)[round] ?? Number.NaN), whole),
  );
  return { name, rounds };
}

/** Works until it is silenced, because keys need names that differ; then every primitive does nothing. */
function quietBackend(): { readonly backend: Backend; readonly silence: () => void } {
  const real = chooseBackend('portable');
  if (real === undefined) throw new Error('there is always a portable backend');
  let silent = false;
  const mac = new Uint8Array(32);
  const plaintext = new Uint8Array(32);
  return {
    silence: () => {
      silent = true;
    },
    backend: {
      ...real,
      hmacSha256: (key) => {
        const working = real.hmacSha256(key);
        return (message) => (silent ? mac : working(message));
      },
      gcmSeal: () => {},
      gcmOpen: () => plaintext,
    },
  };
}

function callerOf(user: string): Caller {
  const principal = parsePrincipal(`arn:aws:iam::000000000000:user/${user}`);
  if (principal === undefined) throw new Error(`${user} is no name of a user`);
  return { principal, region: 'us-east-1' };
}

function visit(operation: OperationName, input: object, caller: Caller): Visit {
  return new Visit(operation, input, 'direct', caller);
}

function repeated(name: string, work: (n: number) => unknown): Alternative {
  return {
    name,
    run: (times) => {
      for (let n = 0; n < times; n++) work(n);
    },
  };
}

function created(kms: Kms, caller: Caller): string {
  const { KeyMetadata } = kms.dispatch(visit('CreateKey', {}, caller)) as { KeyMetadata: { KeyId: string } };
  return KeyMetadata.KeyId;
}

function blobOf(output: object): Uint8Array {
  return (output as { CiphertextBlob: Uint8Array }).CiphertextBlob;
}

function refused(kms: Kms, denied: Visit): void {
  try {
    kms.dispatch(denied);
  } catch {
    return;
  }
  throw new Error('nobody may encrypt');
}
