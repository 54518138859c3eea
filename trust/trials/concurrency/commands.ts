// What callers ask for at the same time, and the doors that they come through.

import { type Caller, KmsError, type OperationName, operationShapes, structures, Visit, write } from '@kmsim/kms';
import { answer, sdkRequestHandler } from '@kmsim/wire';
import fc from 'fast-check';
import { admin } from '../../../packages/kms/test/engine.ts';
import type { Room } from './room.ts';

export type Door = 'direct' | 'wire' | 'sdk' | 'http';

export interface Command {
  /** `wait`: time passes. */
  readonly operation: OperationName | 'wait';
  readonly input: Readonly<Record<string, unknown>>;
  readonly door: Door;
  /** The administrator where it is absent. */
  readonly by?: 'app';
}

/** `$own` stands for what the room calls so. */
export type Ask = readonly [operation: Command['operation'], input: Command['input'], by?: 'app'];

const secret = Buffer.from('a secret').toString('base64');
const onKey = fc.constantFrom('$own', '$other', '$outside', '$outside', 'alias/one');
const any = (make: (key: string) => Ask): fc.Arbitrary<Ask> => onKey.map(make);

const ask: fc.Arbitrary<Ask> = fc.oneof(
  any((KeyId) => ['Encrypt', { KeyId, Plaintext: secret }]),
  any((KeyId) => ['GenerateDataKey', { KeyId, KeySpec: 'AES_256' }]),
  fc.constantFrom<Ask>(['Decrypt', { CiphertextBlob: '$own' }], ['Decrypt', { CiphertextBlob: '$outside' }]),
  fc.constantFrom<Ask>(
    ['ReEncrypt', { CiphertextBlob: '$own', DestinationKeyId: '$outside' }],
    ['ReEncrypt', { CiphertextBlob: '$outside', DestinationKeyId: '$other' }],
    ['ReEncrypt', { CiphertextBlob: '$outside', DestinationKeyId: 'alias/one' }],
  ),
  any((KeyId) => ['DisableKey', { KeyId: KeyId.startsWith('alias') ? '$own' : KeyId }]),
  any((KeyId) => ['EnableKey', { KeyId: KeyId.startsWith('alias') ? '$own' : KeyId }]),
  any((KeyId) => [
    'ScheduleKeyDeletion',
    { KeyId: KeyId.startsWith('alias') ? '$other' : KeyId, PendingWindowInDays: 7 },
  ]),
  any((KeyId) => ['CancelKeyDeletion', { KeyId: KeyId.startsWith('alias') ? '$other' : KeyId }]),
  any((KeyId) => ['DescribeKey', { KeyId }]),
  fc
    .constantFrom('one', 'two')
    .chain((name) =>
      fc.constantFrom<Ask>(
        ['CreateAlias', { AliasName: `alias/${name}`, TargetKeyId: '$outside' }],
        ['UpdateAlias', { AliasName: `alias/${name}`, TargetKeyId: '$other' }],
        ['UpdateAlias', { AliasName: `alias/${name}`, TargetKeyId: '$outside' }],
        ['DeleteAlias', { AliasName: `alias/${name}` }],
      ),
    ),
  fc.constantFrom<Ask>(
    ['CreateKey', { Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId: '$store', XksKeyId: 'two' }],
    ['DisconnectCustomKeyStore', { CustomKeyStoreId: '$store' }],
    ['DescribeCustomKeyStores', {}],
    ['UpdateCustomKeyStore', { CustomKeyStoreId: '$store', NewCustomKeyStoreName: 'new' }],
    ['GenerateMac', { KeyId: '$mac', Message: secret, MacAlgorithm: 'HMAC_SHA_256' }],
    ['DisableKey', { KeyId: '$mac' }],
    ['UpdateKeyDescription', { KeyId: '$own', Description: 'one' }],
    ['UpdateKeyDescription', { KeyId: '$own', Description: 'two' }],
    ['TagResource', { KeyId: '$own', Tags: [{ TagKey: 'a', TagValue: '1' }] }],
    ['UntagResource', { KeyId: '$own', TagKeys: ['a'] }],
  ),
);

export function commands(doors: readonly Door[], asks: fc.Arbitrary<Ask> = ask): fc.Arbitrary<readonly Command[]> {
  const one = fc
    .tuple(asks, fc.constantFrom(...doors))
    .map(([[operation, input, by], door]) => ({ operation, input, door, ...(by && { by }) }));
  return fc.array(one, { minLength: 2, maxLength: 12 });
}

/** What it came to, without what is random. */
export async function run({ by, door, input, operation }: Command, room: Room, port = 0): Promise<string> {
  const { kms } = room;
  if (operation === 'wait') {
    kms.moveClock(kms.world.clock.now() + Number(input['milliseconds']));
    return 'waited';
  }
  const caller = by === 'app' ? room.app : admin;
  const body = filled(input, room);
  if (door === 'direct') return direct(operation, body, room, caller);
  const target = `TrentService.${operation}`;
  const text = JSON.stringify(body);
  if (door === 'wire') return heard(operation, await answer(kms, { target, body: text, caller }));
  const headers = { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' };
  if (door === 'sdk') {
    const { response } = await sdkRequestHandler(kms, () => caller).handle({ headers, body: text });
    return heard(operation, { status: response.statusCode, body: Buffer.from(response.body).toString() });
  }
  const said = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body: text });
  return heard(operation, { status: said.status, body: await said.text() });
}

async function direct(
  operation: OperationName,
  body: Record<string, unknown>,
  { kms }: Room,
  caller: Caller,
): Promise<string> {
  const blobs = new Set(
    structures[operationShapes[operation].input].filter(({ shape }) => shape.kind === 'blob').map(({ name }) => name),
  );
  const input = Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      blobs.has(name) ? new Uint8Array(Buffer.from(String(value), 'base64')) : value,
    ]),
  );
  try {
    const output = await kms.dispatch(new Visit(operation, input, 'direct', caller));
    return heard(operation, { status: 200, body: JSON.stringify(write(operation, output)) });
  } catch (error) {
    if (!(error instanceof KmsError)) throw error;
    return heard(operation, {
      status: error.status,
      body: JSON.stringify({ __type: error.code, [error.messageMember ?? 'message']: error.wireMessage }),
    });
  }
}

function filled(input: Command['input'], { blobs, named }: Room): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => {
      if (typeof value !== 'string' || !value.startsWith('$')) return [name, value];
      const what = value.slice(1);
      return [name, name === 'CiphertextBlob' ? Buffer.from(blobs[what] ?? []).toString('base64') : named[what]];
    }),
  );
}

const random: ReadonlySet<string> = new Set([
  'CiphertextBlob',
  'CreationDate',
  'GrantId',
  'GrantToken',
  'message',
  'Message',
]);

function heard(operation: OperationName, { body, status }: { readonly status: number; readonly body: string }): string {
  const drawn = operation === 'CreateKey' ? /^(Arn|KeyId)$/ : operation === 'GenerateDataKey' ? /^Plaintext$/ : /(?!)/;
  const hide = (name: string, value: unknown): unknown => (random.has(name) || drawn.test(name) ? '*' : value);
  return `${status} ${body === '' ? '{}' : JSON.stringify(JSON.parse(body, hide))}`;
}

/** All that can be seen of a room by asking, in one text. */
export async function seen(room: Room): Promise<string> {
  const { kms, named } = room;
  const keys = ['own', 'other', 'outside', 'mac'].map((name) => named[name] ?? '');
  const asked: Ask[] = [
    ...keys.flatMap((KeyId): Ask[] => [
      ['DescribeKey', { KeyId }],
      ['ListResourceTags', { KeyId }],
      ['ListGrants', { KeyId }],
      ['GetKeyPolicy', { KeyId }],
    ]),
    ['ListAliases', {}],
    ['DescribeCustomKeyStores', {}],
  ];
  const told: string[] = [];
  const tell = async (all: readonly Ask[]): Promise<void> => {
    for (const [operation, input, by] of all)
      told.push(await run({ operation, input, door: 'wire', ...(by && { by }) }, room));
  };
  await tell(asked);
  // What has spread by now, and what does later.
  const byApp = keys.flatMap((KeyId): Ask[] => [
    ['DescribeKey', { KeyId }, 'app'],
    ['Encrypt', { KeyId, Plaintext: secret }, 'app'],
  ]);
  if (room.isEventual) await tell([...byApp, ['wait', { milliseconds: 3_600_000 }], ...byApp]);
  return [...told, String(kms.state.records().keys.length)].join('\n');
}
