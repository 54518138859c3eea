// Every operation of KMS with every outcome: each time one succeeds in a scenario it is tried again in a fork: denied, invalid, and failing.

import { type Kms, type OperationName, operationShapes, structures } from '@kmsim/kms';
import { answer } from '@kmsim/wire';
import type { Kmsim } from 'kmsim';
import { type Surface, surfacesOfError } from './surfaces.ts';

export type Outcome = 'success' | 'denied' | 'invalid' | 'fault';

export const outcomes: readonly Outcome[] = ['success', 'denied', 'invalid', 'fault'];

export interface Asked {
  readonly operation: OperationName;
  readonly region: string;
  readonly body: Record<string, unknown>;
}

export const stranger = 'arn:aws:iam::000000000000:user/stranger';

const faults = [
  'ThrottlingException',
  'KMSInternalException',
  'DependencyTimeoutException',
  'ConnectionReset',
  'SlowAnswer',
  'AnswerLost',
  'HalfAnswer',
];

/** A canary in the place of something secret, of the wrong form in one way or another. */
const spoiled: readonly ((value: unknown) => unknown)[] = [
  (value) => `${String(value)}!`,
  (value) => ({ bytes: value }),
  (value) => [value],
  (value) => `${String(value)}`.repeat(400),
];

/** Each of them, and what is shown of its failure. `fork` stands where the operation succeeded a moment later. */
export async function tryOutcomes(
  fork: Kmsim,
  asked: Asked,
  note: (outcome: Outcome) => void,
): Promise<readonly Surface[]> {
  const shown: Surface[] = [];
  const attempt = async (outcome: Outcome, body: Asked['body'], as?: string): Promise<void> => {
    const { surfaces, failed } = await bothDoors(fork, { ...asked, body }, `${asked.operation} ${outcome}`, as);
    shown.push(...surfaces);
    if (failed) note(outcome);
  };
  await attempt('denied', asked.body, stranger);
  await attempt('invalid', {
    ...asked.body,
    KeyId: 7,
    AliasName: 7,
    Limit: 'x',
    Tags: 1,
    CustomKeyStoreId: [],
    NumberOfBytes: 'x',
    CustomKeyStoreName: 1,
  });
  for (const { name, shape } of structures[operationShapes[asked.operation].input]) {
    const value = asked.body[name];
    if (value === undefined || (shape.kind !== 'blob' && !('sensitive' in shape))) continue;
    for (const spoil of spoiled) await attempt('invalid', { ...asked.body, [name]: spoil(value) });
  }
  for (const raise of faults) {
    // Not every operation has every failure.
    fork.faults.set({
      services: [{ raise: raise as 'ThrottlingException', ...(raise === 'SlowAnswer' && { delayMs: 5 }) }],
    });
    await attempt('fault', asked.body);
  }
  fork.faults.set({});
  return shown;
}

interface Tried {
  readonly surfaces: readonly Surface[];
  readonly failed: boolean;
}

/** Over the wire, where an answer is text, and directly, where it is an error. */
async function bothDoors(sim: Kmsim, { body, operation, region }: Asked, where: string, as?: string): Promise<Tried> {
  const caller = sim.caller({ region, ...(as !== undefined && { as }) });
  const defects: unknown[] = [];
  const request = { target: `TrentService.${operation}`, body: JSON.stringify(body), caller };
  const said = await answer(sim.kms as Kms, request, { onInternalError: (defect) => defects.push(defect) });
  for (const defect of defects) throw defect;
  // What succeeds is shown to whom it belongs.
  const onWire =
    said.status === 200 ? [] : [{ where: `${where}: wire`, text: `${said.body} ${JSON.stringify(said.headers)}` }];
  const methods = sim.as(as, { region }) as unknown as Record<string, (input: object) => Promise<object>>;
  const name = `${operation[0]?.toLowerCase()}${operation.slice(1)}`;
  let raised: unknown;
  try {
    await methods[name]?.(direct(operation, body));
  } catch (error) {
    raised = error;
  }
  const direct_ = raised === undefined ? [] : surfacesOfError(`${where}: direct`, raised);
  return { surfaces: [...onWire, ...direct_], failed: said.status !== 200 || raised !== undefined };
}

function direct(operation: OperationName, body: Asked['body']): object {
  const blobs = new Set(
    structures[operationShapes[operation].input].filter(({ shape }) => shape.kind === 'blob').map(({ name }) => name),
  );
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) =>
      blobs.has(name) && typeof value === 'string'
        ? [name, new Uint8Array(Buffer.from(value, 'base64'))]
        : [name, value],
    ),
  );
}
