// The program: what `kmsim serve` prints while secrets come and go, and what a heap snapshot of a server has of keys.

import type { Canary } from '../../../packages/kms/test/audit/canaries.ts';
import { kmsimServe } from '../../../packages/kmsim/test/child.ts';
import type { TrialContext } from '../../src/trial.ts';
import type { Dice } from '../wire/dice.ts';
import { operationNames } from '../wire/plausible.ts';
import { type Program, program, type ServerReady } from '../wire/program.ts';
import { kmsRequest, type Parts, type Signer, signed, wireBytes, withHeader } from '../wire/request.ts';
import { Line } from '../wire/socket.ts';
import { wrapped } from './planted.ts';
import { canary } from './secrets.ts';
import type { Surface } from './surfaces.ts';

interface Searched {
  readonly surfaces: readonly Surface[];
  readonly canaries: readonly Canary[];
}

export async function searchProgram(dice: Dice, context: TrialContext): Promise<Searched> {
  const [printed, heap] = [await printedBy(dice), await heapOf(dice, context)];
  return { surfaces: [...printed.surfaces, ...heap.surfaces], canaries: [...printed.canaries, ...heap.canaries] };
}

/** Every operation with the canary in each member that may be secret: good, spoiled, not signed, and wrongly signed. */
async function printedBy(dice: Dice): Promise<Searched> {
  await using child = await kmsimServe(['--seed', 'served']);
  const { env, url } = child.served;
  const signer: Signer = {
    accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
  };
  const line = new Line(Number(new URL(url).port));
  const secret = dice.bytes(33);
  const text = Buffer.from(dice.bytes(24)).toString('hex');
  const said: Surface[] = [];
  for (const operation of operationNames) {
    const Plaintext = Buffer.from(secret).toString('base64');
    const body = JSON.stringify({
      KeyId: 'alias/none',
      Plaintext,
      Message: Plaintext,
      CiphertextBlob: Plaintext,
      KeyStorePassword: text,
      EncryptedKeyMaterial: Plaintext,
      Mac: Plaintext,
    });
    const good = (sent: string): Parts => signed(kmsRequest(operation, sent), signer, { at: Date.now() });
    const tries: readonly Parts[] = [
      good(body),
      good(body.slice(0, -1)),
      good(body.replaceAll('=', '!')),
      good(`{"${operation}":${body}}`),
      kmsRequest(operation, body),
      signed(kmsRequest(operation, body), { ...signer, secretAccessKey: text }, { at: Date.now() }),
      withHeader(good(body), 'X-Amz-Target', `TrentService.${text}`),
    ];
    for (const parts of tries) {
      const answer = await line.ask(wireBytes(parts));
      if (answer?.status !== 200) said.push({ where: `served ${operation}`, text: answer?.body ?? '' });
    }
  }
  line.close();
  child.process.kill('SIGTERM');
  const { stderr, stdout } = await child.ended;
  return {
    surfaces: [
      ...said,
      { where: 'stdout of kmsim serve', text: stdout },
      { where: 'stderr of kmsim serve', text: stderr },
    ],
    canaries: [canary('plaintext over HTTP', secret), canary('password over HTTP', text)],
  };
}

/** The heap of a server whose keys have worked: material that was imported, which came to it encrypted. */
async function heapOf(dice: Dice, { size }: TrialContext): Promise<Searched> {
  await using server = await program<ServerReady>('./server.mjs', { seed: 'heap', watched: true });
  const { external, keys, port, secretAccessKey } = server.ready;
  const line = new Line(port);
  const signer: Signer = { accessKeyId: 'test', secretAccessKey };
  const call = async (operation: string, body: object): Promise<Record<string, string>> => {
    const parts = signed(kmsRequest(operation, JSON.stringify(body)), signer, { at: Date.now() });
    const answer = await line.ask(wireBytes(parts));
    if (answer?.status !== 200) throw new Error(`${operation}: ${answer?.body}`);
    return answer.body === '' ? {} : JSON.parse(answer.body);
  };
  const material = dice.bytes(32);
  const { ImportToken, PublicKey = '' } = await call('GetParametersForImport', {
    KeyId: external,
    WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
    WrappingKeySpec: 'RSA_2048',
  });
  const EncryptedKeyMaterial = Buffer.from(wrapped(Buffer.from(PublicKey, 'base64'), material)).toString('base64');
  await call('ImportKeyMaterial', {
    KeyId: external,
    ImportToken,
    EncryptedKeyMaterial,
    ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
  });
  for (let times = 0; times < size(200, 100_000); times++) {
    const { CiphertextBlob } = await call('Encrypt', {
      KeyId: times % 2 === 0 ? external : keys[0],
      Plaintext: 'c2VjcmV0',
    });
    await call('Decrypt', { CiphertextBlob });
  }
  line.close();
  return {
    surfaces: [{ where: 'heap snapshot', text: await heapText(server) }],
    canaries: [canary('imported material', material)],
  };
}

async function heapText(server: Program<ServerReady>): Promise<string> {
  const { strings } = await server.ask<{ readonly strings: string }>('heap');
  return strings;
}
