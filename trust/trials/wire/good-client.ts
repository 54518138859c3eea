// The client that does nothing wrong, in a program of its own: it encrypts, decrypts and describes.

import { type Program, program, type ServerReady } from './program.ts';
import { kmsRequest, signed } from './request.ts';

export async function goodClient(server: ServerReady, file = './good-client.mjs'): Promise<Program<object>> {
  const client = await program<object>(file);
  await load(client, server);
  return client;
}

/** Signed now: good for five minutes. */
export async function load(
  client: Program<object>,
  { blob, keys: [KeyId = ''], port, secretAccessKey }: ServerReady,
): Promise<void> {
  const shot = (operation: string, body: object, wants: string): object => {
    const parts = signed(
      kmsRequest(operation, JSON.stringify(body)),
      { accessKeyId: 'test', secretAccessKey },
      { at: Date.now() },
    );
    return { body: Buffer.from(parts.body).toString(), headers: Object.fromEntries(parts.headers), wants };
  };
  const secret = Buffer.from('a secret of the good client').toString('base64');
  const shots = [
    shot('Encrypt', { KeyId, Plaintext: secret }, 'CiphertextBlob'),
    shot('Decrypt', { CiphertextBlob: blob }, secret),
    shot('DescribeKey', { KeyId }, KeyId),
  ];
  await client.ask('load', { shots, port });
}
