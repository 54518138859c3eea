// What somebody captured as a transcript that anybody can replay.

import { describe, expect, test } from 'vitest';
import { importHar } from '../../src/record/import-har.ts';
import { replay } from '../../src/replay.ts';
import { describeResult } from '../../src/result.ts';
import { inProcess } from '../../src/targets/doors.ts';
import type { Transcript } from '../../src/transcript.ts';
import { entry, har } from './archive.ts';

const account = '210987654321';
const stranger = '987654321098';
const region = 'eu-west-1';

/** A capture of kmsim itself, as a proxy would have written it, in somebody's account. */
async function capture(): Promise<object> {
  const target = inProcess('captured');
  const entries: object[] = [];
  const call = async (operation: string, body: Record<string, unknown>): Promise<Record<string, unknown>> => {
    const reply = await target.call({ operation, region, body });
    const shown = JSON.parse(JSON.stringify(reply.body ?? null).replaceAll('000000000000', account)) as unknown;
    entries.push(
      entry(
        operation,
        JSON.parse(JSON.stringify(body).replaceAll('000000000000', account)),
        reply.status,
        shown ?? undefined,
      ),
    );
    return (reply.body ?? {}) as Record<string, unknown>;
  };
  const { KeyMetadata } = await call('CreateKey', { Description: 'mine' });
  const { KeyId } = KeyMetadata as { KeyId: string };
  await call('PutKeyPolicy', { KeyId, Policy: policy });
  const Plaintext = Buffer.from('my deepest secret').toString('base64');
  const { CiphertextBlob } = await call('Encrypt', { KeyId, Plaintext, EncryptionContext: { tenant: 'acme' } });
  await call('Decrypt', { CiphertextBlob, EncryptionContext: { tenant: 'acme' } });
  await call('Decrypt', { CiphertextBlob });
  await call('GenerateDataKey', { KeyId, KeySpec: 'AES_256' });
  await call('DisableKey', { KeyId });
  await call('Encrypt', { KeyId, Plaintext });
  return har(...entries);
}

const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::000000000000:root' }, Action: 'kms:*', Resource: '*' },
    { Effect: 'Deny', Principal: { AWS: `arn:aws:iam::${stranger}:root` }, Action: 'kms:Decrypt', Resource: '*' },
  ],
});

describe('a capture', () => {
  let transcript: Transcript;

  test('becomes a transcript', async () => {
    transcript = importHar('mine.har', 'mine', await capture());
    expect(transcript).toMatchObject({
      name: 'mine',
      replay: 'as-is',
      regions: [region],
      source: { kind: 'recording, from an HTTP archive', cite: 'mine.har', recorded: '2026-03-04' },
    });
    expect(transcript.steps.map(({ id }) => id)).toContain('call3Plaintext');
  });

  test('tells neither the account, nor other accounts, nor secrets, nor who signed', () => {
    const text = JSON.stringify(transcript);
    const secrets = ['my deepest secret', Buffer.from('my deepest secret').toString('base64'), 'AKIDSECRET'];
    for (const secret of [account, stranger, ...secrets]) expect(text).not.toContain(secret);
    expect(text).toContain('arn:aws:iam::111122223333:root');
  });

  test('replays in another account', async () => {
    expect(describeResult(await replay(transcript, inProcess('replayed')))).toBe('passed');
  });

  test('notices what answers otherwise', async () => {
    const target = inProcess('replayed');
    const result = await replay(transcript, {
      ...target,
      call: async (request) => target.call({ ...request, body: { ...request.body, EncryptionContext: undefined } }),
    });
    expect(describeResult(result)).toContain(
      'failed at call5 (Decrypt): expected InvalidCiphertextException, got success',
    );
  });
});

describe('what a replay cannot have is said, and the transcript is not replayed as it stands', () => {
  const id = '1234abcd-12ab-34cd-56ef-1234567890ab';
  test.each<[string, object, string]>([
    [
      'a key from before',
      entry('DisableKey', { KeyId: id }, 200, undefined),
      'step call1: KeyId names what was there before the archive begins',
    ],
    [
      'a ciphertext from before',
      entry('Decrypt', { CiphertextBlob: 'AQIDBAUG' }, 400, { __type: 'A' }),
      'step call1: CiphertextBlob was made for something',
    ],
    [
      'wrapped material',
      entry('ImportKeyMaterial', { EncryptedKeyMaterial: 'AQID' }, 200, {}),
      'step call1: EncryptedKeyMaterial was made for',
    ],
  ])('%s', (_, one, reason) => {
    const { replay: how, stale } = importHar('a.har', 'a', har(one));
    expect(how).toBe('adjust');
    expect(stale?.join()).toContain(reason);
  });
});

test('bytes that are no base64 go out again as they came', () => {
  const { steps } = importHar(
    'a.har',
    'a',
    har(entry('Encrypt', { KeyId: 'alias/a', Plaintext: 'no base64' }, 400, { __type: 'A' })),
  );
  expect(steps).toMatchObject([{ input: { KeyId: 'alias/a', Plaintext: 'no base64' } }]);
});

test('public bytes are kept, empty ones too', () => {
  const request = { KeyId: 'alias/a', PublicKey: 'SW52YWxpZA==', Plaintext: '' };
  const { steps } = importHar(
    'a.har',
    'a',
    har(entry('DeriveSharedSecret', request, 400, { __type: 'ValidationException', message: '' })),
  );
  expect(steps).toMatchObject([
    {
      input: { PublicKey: { $base64: 'SW52YWxpZA==' }, Plaintext: { $utf8: '' } },
      error: { code: 'ValidationException', message: '' },
    },
  ]);
});
