// The engine is broken on purpose, each time in one way, and the transcripts have to see it. A break that passes is a hole in the suite.

import { expect, test } from 'vitest';
import { keyStates } from '../../packages/kms/src/tables/key-states.ts';
import { loadTranscripts } from '../src/load.ts';
import { playAll } from '../src/play-all.ts';
import type { Target, WireReply, WireRequest } from '../src/target.ts';
import { inProcess } from '../src/targets/doors.ts';
import { isRecord } from '../src/values.ts';

type Body = Record<string, unknown>;
type Answering = (body: Body, request: WireRequest, status: number) => Body;

interface Break {
  /** What the engine does wrong. */
  readonly what: string;
  /** The request as the broken engine would understand it. */
  readonly request?: (request: WireRequest) => WireRequest;
  /** The answer as the broken engine would give it. */
  readonly reply?: Answering;
  /** Breaks a table of the engine, and answers what mends it. */
  readonly table?: () => () => void;
  /** Transcripts that have to see it. */
  readonly seenBy: readonly string[];
}

const breaks: readonly Break[] = [
  {
    what: 'a changed message: DisabledException without its full stop',
    reply: onError('DisabledException', (body) => ({ ...body, message: String(body['message']).replace(/\.$/, '') })),
    seenBy: ['rotation/rotate-disabled-key'],
  },
  {
    what: 'a field left out: CustomerMasterKeySpec of KeyMetadata',
    reply: onMetadata(({ CustomerMasterKeySpec: _left, ...metadata }) => metadata),
    seenBy: ['keys/create-key', 'keys/create-hmac-key', 'multi-region/create-multi-region-key'],
  },
  {
    what: 'a state check removed: a disabled key makes data keys',
    table: () => replaced('GenerateDataKey', 'Disabled', 'ok'),
    seenBy: ['deletion/disabled-and-pending-deletion-keys-are-unusable'],
  },
  {
    what: 'the encryption context ignored',
    request: (request) => ({ ...request, body: without(request.body, 'EncryptionContext') }),
    seenBy: [
      'encryption/encryption-context-and-bad-ciphertext',
      'data-keys/generate-data-key-context-required',
      'data-keys/generate-data-key-without-plaintext-context-required',
    ],
  },
  {
    what: 'two checks swapped: the type of the key before its state',
    // The state of a key of the wrong type is not looked at, so the type speaks first.
    table: () =>
      replaced('RotateKeyOnDemand', 'Disabled', ({ keySpec }) => (keySpec === 'SYMMETRIC_DEFAULT' ? 'disabled' : 'ok')),
    seenBy: ['rotation/rotate-disabled-key'],
  },
  {
    what: 'a message where none was recorded: InvalidCiphertextException says something',
    reply: onError('InvalidCiphertextException', (body) => ({ ...body, message: '' })),
    seenBy: ['encryption/encryption-context-and-bad-ciphertext', 'rotation/rotation-old-ciphertext-and-trailing-bytes'],
  },
  {
    what: 'the bare id instead of the ARN in answers',
    reply: (body) =>
      typeof body['KeyId'] === 'string' ? { ...body, KeyId: body['KeyId'].replace(/^.*:key\//, '') } : body,
    seenBy: ['encryption/encryption-context-and-bad-ciphertext', 'rotation/rotate-on-demand-new-ciphertext'],
  },
  {
    what: 'wrong pagination: the last item of a list is lost and nobody is told that there is more',
    reply: (body) =>
      Object.fromEntries(
        Object.entries(body).map(([name, part]) => [
          name,
          Array.isArray(part) && 'Truncated' in body ? part.slice(0, -1) : part,
        ]),
      ),
    seenBy: ['keys/create-key', 'aliases/create-list-delete-alias', 'tags/untag-key-partially'],
  },
  {
    what: 'tags in another order',
    reply: (body) => (Array.isArray(body['Tags']) ? { ...body, Tags: body['Tags'].toReversed() } : body),
    seenBy: ['tags/update-and-add-tags', 'tags/create-key-with-tags-and-untag'],
  },
  {
    what: 'null taken for a value: NumberOfBytes null is zero',
    request: (request) => ({
      ...request,
      body: Object.fromEntries(Object.entries(request.body).map(([name, part]) => [name, part ?? 0])),
    }),
    seenBy: ['random/generate-random-null'],
  },
  {
    what: 'an absent member sent as null',
    reply: onMetadata((metadata) => ({
      ...metadata,
      MultiRegionConfiguration: metadata['MultiRegionConfiguration'] ?? null,
    })),
    seenBy: ['keys/create-single-region-key'],
  },
  {
    what: 'a date that changes between two answers about one key',
    reply: (body, { operation }) =>
      operation === 'DescribeKey' && isRecord(body['KeyMetadata'])
        ? {
            ...body,
            KeyMetadata: { ...body['KeyMetadata'], CreationDate: Number(body['KeyMetadata']['CreationDate']) + 1 },
          }
        : body,
    seenBy: ['keys/create-key', 'keys/describe-key-by-alias-arn'],
  },
];

const filed = loadTranscripts();

test('there are ten, at least', () => {
  expect(breaks.length).toBeGreaterThanOrEqual(10);
  expect(new Set(breaks.map(({ what }) => what)).size).toBe(breaks.length);
});

test('unbroken, nothing fails', async () => {
  expect(
    await failures(
      { what: 'nothing', seenBy: [] },
      filed.map(({ path }) => path),
    ),
  ).toEqual([]);
});

test.each(breaks)('$what, as $seenBy see', async (broken) => {
  const mend = broken.table?.();
  try {
    expect(await failures(broken, broken.seenBy)).toEqual(broken.seenBy);
  } finally {
    mend?.();
  }
});

async function failures(broken: Break, paths: readonly string[]): Promise<readonly string[]> {
  const asked = paths.map((path) => filed.find((one) => one.path === path)).filter((one) => one !== undefined);
  const results = await playAll(asked, (path) => brokenTarget(inProcess(path), broken));
  return results.filter(({ result }) => result.outcome === 'failed').map(({ path }) => path);
}

function brokenTarget(target: Target, { reply, request }: Break): Target {
  return {
    ...target,
    call: async (asked): Promise<WireReply> => {
      const { body, status } = await target.call(request?.(asked) ?? asked);
      return { status, body: isRecord(body) && reply !== undefined ? reply(body, asked, status) : body };
    },
  };
}

function onError(code: string, change: (body: Body) => Body): Answering {
  return (body) => (body['__type'] === code ? change(body) : body);
}

function onMetadata(change: (metadata: Body) => Body): Answering {
  return (body) => (isRecord(body['KeyMetadata']) ? { ...body, KeyMetadata: change(body['KeyMetadata']) } : body);
}

function without(body: Body, name: string): Body {
  const { [name]: _left, ...rest } = body;
  return rest;
}

type Operation = keyof typeof keyStates;
type State = keyof (typeof keyStates)[Operation];
type Cell = (typeof keyStates)[Operation][State];

// Rows are shared by operations, so the row is exchanged and not the cell.
function replaced(operation: Operation, state: State, cell: Cell): () => void {
  const table = keyStates as Record<Operation, (typeof keyStates)[Operation]>;
  const row = table[operation];
  table[operation] = { ...row, [state]: cell };
  return () => {
    table[operation] = row;
  };
}
