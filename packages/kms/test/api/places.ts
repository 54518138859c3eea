// Every place in an operation's input where a value can stand, with a request that puts one there: for the laws.

import {
  enums,
  type Member,
  type OperationName,
  operations,
  type Shape,
  type StructureName,
  structures,
} from '../../src/api/shapes.ts';

export interface Place {
  readonly operation: OperationName;
  readonly path: string;
  readonly shape: Shape;
  /** A request that is good everywhere but perhaps here. */
  readonly holding: (value: unknown) => Record<string, unknown>;
}

/** Members, items of lists, entries of maps, and the members of nested structures. */
export function placesOf(operation: OperationName): Place[] {
  return membersIn(operations[operation].input, '', (input) => input).map((place) => ({ operation, ...place }));
}

type Inner = Omit<Place, 'operation'>;

function membersIn(
  name: StructureName,
  prefix: string,
  wrap: (value: Record<string, unknown>) => Record<string, unknown>,
): Inner[] {
  const good = goodStructure(name);
  return structures[name].flatMap((member) =>
    within(member.shape, `${prefix}${member.name}`, (value) => wrap({ ...good, [member.name]: value })),
  );
}

function within(shape: Shape, path: string, holding: (value: unknown) => Record<string, unknown>): Inner[] {
  const here = { path, shape, holding };
  if (shape.kind === 'structure') return [here, ...membersIn(shape.of, `${path}.`, holding)];
  if (shape.kind === 'list') return [here, ...within(shape.item, `${path}[]`, (value) => holding([value]))];
  if (shape.kind === 'map') {
    return [here, { path: `${path}{}`, shape: { kind: 'string' }, holding: (value) => holding({ key: value }) }];
  }
  return [here];
}

/** The required members only, good values over the wire. */
function goodStructure(name: StructureName): Record<string, unknown> {
  const required = structures[name].filter((member) => member.required === true);
  return Object.fromEntries(required.map((member) => [member.name, goodValue(member)]));
}

const goodTexts: Readonly<Record<string, string>> = {
  AccessKeyId: 'A'.repeat(20),
  PrimaryRegion: 'eu-west-1',
  RawSecretAccessKey: 'a'.repeat(43),
  ReplicaRegion: 'eu-west-1',
};

function goodValue({ name, shape }: Member): unknown {
  switch (shape.kind) {
    case 'string':
      return goodTexts[name] ?? 'a';
    case 'enum':
      return enums[shape.values][0];
    case 'blob':
      return 'QQ==';
    case 'list':
      return [];
    default:
      throw new Error(`no good value for a required ${shape.kind}: ${name}`);
  }
}
