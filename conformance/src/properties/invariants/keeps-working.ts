// Keeps working: every call ends, soon, in one answer of the API's own; a call that fails has changed nothing.

import { operationShapes } from '@kmsim/kms';
import { machineNow } from '@kmsim/world';
import { readError } from '../../compare.ts';
import type { Difference } from '../../match.ts';
import type { Target, WireReply } from '../../target.ts';
import { isRecord, show } from '../../values.ts';
import type { SimulatedTarget } from '../simulated.ts';
import { expectation, type Invariant } from './invariant.ts';

const size = { runs: 40, commands: 60 };
const longestMs = 1000;

// https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html, and what the framework says before KMS does.
const common = [
  'AccessDeniedException',
  'ValidationException',
  'SerializationException',
  'ThrottlingException',
  'NotAuthorized',
];

function isModelled(operation: string, { body, status }: WireReply): Difference | undefined {
  if (status === 200) return expectation(body === undefined || isRecord(body), 'an object or nothing', show(body));
  if (!isRecord(body)) return { path: '', expected: 'an object', got: show(body) };
  const { code } = readError(body);
  const errors: readonly string[] = operationShapes[operation as keyof typeof operationShapes]?.errors ?? [];
  const known = expectation([...errors, ...common].includes(code), `an error of ${operation}`, code, '__type');
  const stranger = Object.keys(body).find((member) => !['__type', 'message', 'Message'].includes(member));
  return known ?? expectation(stranger === undefined, 'nothing else', String(stranger), stranger);
}

export const i24: Invariant = {
  id: 'I24',
  says: "every call ends in one answer: success, or an error of the operation's own list or of the common one",
  size,
  watch: () => ({ after: ({ reply, request }) => isModelled(request.operation, reply) }),
};

// What a careless program would trip over, as a whole body or as any member of it.
function hostile(): readonly unknown[] {
  let deep: unknown = 'x';
  for (let level = 0; level < 200; level += 1) deep = { KeyId: deep };
  const members = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`m${n}`, n]));
  return [
    ...[
      null,
      true,
      0,
      -1,
      1.5,
      1e308,
      '',
      'x',
      '\u0000',
      '\ud800',
      'x'.repeat(20_000),
      [],
      [null],
      [[]],
      {},
      deep,
      members,
    ],
    JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":1},"toString":"x"}'),
    ...['__proto__', 'constructor', 'alias/__proto__', 'arn:aws:kms:::key/', '${account}', '%00', '../../etc/passwd'],
  ];
}

const memberNames = [
  ...[
    'KeyId',
    'TargetKeyId',
    'SourceKeyId',
    'DestinationKeyId',
    'AliasName',
    'CiphertextBlob',
    'Plaintext',
    'EncryptionContext',
  ],
  ...[
    'Policy',
    'PolicyName',
    'Tags',
    'TagKeys',
    'Limit',
    'Marker',
    'NumberOfBytes',
    'KeySpec',
    'KeyUsage',
    'GrantTokens',
    'DryRun',
  ],
];

async function survives(
  target: Target,
  operation: string,
  body: Record<string, unknown>,
): Promise<Difference | undefined> {
  const start = machineNow();
  const reply = await target.call({ operation, region: target.region ?? 'us-east-1', body });
  const took = machineNow() - start;
  const late = expectation(took <= longestMs, `an answer within ${longestMs} ms`, `${took} ms`, operation);
  return late ?? (reply.status === 501 ? undefined : isModelled(operation, reply));
}

export const i23: Invariant = {
  id: 'I23',
  says: 'no input ends the program or holds it for more than a second',
  size: { runs: 1, commands: 3 },
  watch: (target) => {
    let start = 0;
    return {
      before: () => {
        start = machineNow();
      },
      after: () => expectation(machineNow() - start <= longestMs, `an answer within ${longestMs} ms`, 'a later one'),
      finish: async () => {
        for (const [at, operation] of Object.keys(operationShapes).entries()) {
          for (const [n, value] of hostile().entries()) {
            const all = Object.fromEntries(memberNames.map((name) => [name, value]));
            // Alone too: among others a member may never be looked at.
            const alone = { [memberNames[(at + n) % memberNames.length] as string]: value };
            for (const body of [all, alone, ...(isRecord(value) ? [value] : [])]) {
              const found = await survives(target, operation, body);
              if (found !== undefined) return found;
            }
          }
        }
        return undefined;
      },
    };
  },
};

/** Everything but the number of requests there were, and what they counted on quotas: those that fail count, too. */
function stateOf({ sim }: SimulatedTarget): string {
  const { state, vault } = sim.snapshot().kms;
  return JSON.stringify({ state: { ...state, quotas: undefined }, vault });
}

export const i25: Invariant<SimulatedTarget> = {
  id: 'I25',
  says: 'a call that fails changes nothing',
  size: { runs: 8, commands: 50 },
  watch: (target) => {
    let before = '';
    return {
      before: () => {
        before = stateOf(target);
      },
      after: ({ reply }) =>
        expectation(reply.status === 200 || stateOf(target) === before, 'the state before', 'another', 'state'),
    };
  },
};
