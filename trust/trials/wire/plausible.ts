// Requests that might be good, made of the shapes of the API: where fuzzing begins.

import { type OperationName, operationShapes, structures } from '@kmsim/kms';
import { enums, type Shape, type StructureName } from '../../../packages/kms/src/api/shapes.ts';
import type { Dice } from './dice.ts';

export type Body = Record<string, unknown>;

/** What there is in the simulation that is fuzzed. */
export interface Things {
  readonly keys: readonly string[];
  readonly mac: string;
  readonly pair: string;
  readonly external: string;
  readonly blob: string;
  readonly role: string;
}

export const operationNames: readonly OperationName[] = Object.keys(operationShapes) as OperationName[];

export function plausible(operation: OperationName, things: Things, dice: Dice): Body {
  return structure(operationShapes[operation].input, things, dice);
}

function structure(name: StructureName, things: Things, dice: Dice): Body {
  const body: Body = {};
  for (const member of structures[name]) {
    if (member.required !== true && dice.chance(60)) continue;
    // A dry run does nothing, and says so with an error.
    if (member.name === 'DryRun') continue;
    body[member.name] = shaped(member.name, member.shape, things, dice);
  }
  return body;
}

function shaped(name: string, shape: Shape, things: Things, dice: Dice): unknown {
  switch (shape.kind) {
    case 'string':
      return text(name, things, dice);
    case 'enum':
      // A new RSA key takes tenths of a second, by right of whoever may ask for one.
      return dice.pick(enums[shape.values].filter((value) => !/^RSA_\d/.test(value)));
    case 'integer':
      return dice.pick([1, 7, 16, 32, 90, 1000]);
    case 'boolean':
      return dice.chance(50);
    case 'blob':
      return /Ciphertext/.test(name) ? things.blob : Buffer.from(dice.bytes(1 + dice.below(64))).toString('base64');
    case 'timestamp':
      return 1_800_000_000 + dice.below(1_000_000);
    case 'list':
      return Array.from({ length: 1 + dice.below(2) }, () => shaped(name, shape.item, things, dice));
    case 'map':
      return Object.fromEntries(
        Array.from({ length: dice.below(3) }, (_, at) => [`k${at}`, dice.pick(['a', '', 'ü'])]),
      );
    case 'structure':
      return structure(shape.of, things, dice);
  }
}

const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '000000000000' }, Action: 'kms:*', Resource: '*' }],
});

function text(name: string, { external, keys, mac, pair, role }: Things, dice: Dice): string {
  if (/KeyId$/.test(name)) return dice.pick([...keys, mac, pair, external, 'alias/first', 'alias/none']);
  if (/Principal$/.test(name)) return role;
  if (/Alias/.test(name)) return dice.pick(['alias/first', `alias/a${dice.below(20)}`]);
  if (/Region$/.test(name)) return dice.pick(['us-east-1', 'eu-west-1', 'nowhere']);
  if (name === 'Policy') return policy;
  if (name === 'PolicyName') return 'default';
  return dice.pick(['a', 'text', 'ü', '']);
}
