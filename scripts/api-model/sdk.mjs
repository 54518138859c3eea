// The KMS API as the installed @aws-sdk/client-kms states it: one plain object, read from its schemas and its .d.ts files.

import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as sdk from '@aws-sdk/client-kms';
import { constraintOfItem, constraintOfMember } from './constraint-names.mjs';

const home = dirname(createRequire(import.meta.url).resolve('@aws-sdk/client-kms/package.json'));
const read = (path) => readFileSync(join(home, path), 'utf8');

// Schema kinds and codes: @smithy/types, dist-types/schema/static-schemas.d.ts and sentinels.d.ts.
const SIMPLE = 0;
const LIST = 1;
const STRUCTURE = 3;
const OPERATION = 9;
const ERROR = -3;
const LIST_OF = 64;
const MAP_OF = 128;
const SENSITIVE = 8;
const UNIT = 'unit';
const kindOfCode = { 0: 'string', 1: 'integer', 2: 'boolean', 4: 'timestamp', 21: 'blob' };

/** { version, enums, structures, operations, errors }; members keep the order of the model, which only the .d.ts files have. */
export async function readModel() {
  const schemas = Object.values(sdk).filter(Array.isArray);
  const ofKind = (kind) => schemas.filter((schema) => schema[0] === kind);
  const declarations = readInterfaces();
  const operations = readOperations(ofKind(OPERATION));
  const inputs = reachable(
    Object.values(operations).map((operation) => operation.input),
    declarations,
  );
  const structures = {};
  for (const [, , name, , memberNames, memberSchemas] of ofKind(STRUCTURE)) {
    const declared = declarations[name] ?? [];
    if (declared.length !== memberNames.length) throw new Error(`${name}: the schema and the declaration disagree`);
    structures[name] = declared.map((member) => {
      const schema = memberSchemas[memberNames.indexOf(member.name)];
      const shape = withConstraint(shapeOf(schema, member.type), member.name, inputs.has(name));
      return { name: member.name, required: member.required, type: member.type, shape };
    });
  }
  return {
    version: JSON.parse(read('package.json')).version,
    enums: readEnums(),
    structures: sorted(structures),
    operations,
    errors: sorted(
      Object.fromEntries(ofKind(ERROR).flatMap(([, , name, traits]) => (traits ? [[name, traits.error]] : []))),
    ),
  };
}

function readOperations(schemas) {
  const named = schemas.map(([, , name, , input, output]) => {
    const result = output();
    const text = read(`dist-types/commands/${name}Command.d.ts`);
    const errors = [...text.matchAll(/@throws \{@link (\w+)\} \((?:client|server) fault\)/g)].map((match) => match[1]);
    return [name, { input: input()[2], output: result === UNIT ? undefined : result[2], errors: errors.sort() }];
  });
  return sorted(Object.fromEntries(named));
}

/** Interface name -> its members, in the order of the model. */
function readInterfaces() {
  const interfaces = {};
  for (const file of readdirSync(join(home, 'dist-types/models')).filter((name) => name.startsWith('models_'))) {
    const text = read(`dist-types/models/${file}`).replaceAll(/\/\*[\s\S]*?\*\//g, '');
    for (const [, name, body] of text.matchAll(/export interface (\w+) \{([\s\S]*?)\n\}/g)) {
      interfaces[name] = [...body.matchAll(/^ {4}(\w+)(\??): (.+?) \| undefined;$/gm)].map((match) => ({
        name: match[1],
        required: match[2] === '',
        type: match[3],
      }));
    }
  }
  return interfaces;
}

function readEnums() {
  const names = [...read('dist-types/models/enums.d.ts').matchAll(/export declare const (\w+): \{/g)].map(
    (match) => match[1],
  );
  return Object.fromEntries(names.sort().map((name) => [name, Object.values(sdk[name])]));
}

/** The structures that an input can hold, by walking the declared types. */
function reachable(names, declarations, seen = new Set()) {
  for (const name of names) {
    if (seen.has(name) || !declarations[name]) continue;
    seen.add(name);
    reachable(
      declarations[name].map((member) => member.type.replace('[]', '')),
      declarations,
      seen,
    );
  }
  return seen;
}

/** `type` is the declared TypeScript type: the only place that says a string is an enumeration. */
function shapeOf(schema, type) {
  if (Array.isArray(schema) && typeof schema[0] === 'function') return shapeOf(schema[0], type);
  if (typeof schema === 'function') return shapeOf(schema(), type);
  if (typeof schema === 'number') return ofCode(schema, type);
  const [kind, , name, traits, inner] = schema;
  if (kind === STRUCTURE) return { kind: 'structure', of: name };
  if (kind === LIST) return { kind: 'list', item: shapeOf(inner, type.replace('[]', '')) };
  if (kind === SIMPLE)
    return { ...ofCode(inner, type), ...((traits & SENSITIVE) === SENSITIVE && { sensitive: true }) };
  throw new Error(`a schema of kind ${kind} (${name}) is new: teach scripts/api-model/sdk.mjs to read it`);
}

function ofCode(code, type) {
  if (code === MAP_OF) return { kind: 'map' };
  if ((code & LIST_OF) === LIST_OF) return { kind: 'list', item: ofCode(code & ~LIST_OF, type.replace('[]', '')) };
  const kind = kindOfCode[code];
  if (kind === undefined) throw new Error(`schema code ${code} is new: teach scripts/api-model/sdk.mjs to read it`);
  return kind === 'string' && type !== 'string' ? { kind: 'enum', values: type } : { kind };
}

function withConstraint(shape, member, isInput) {
  if (!isInput) return shape;
  if (shape.kind === 'list' && shape.item.kind === 'string') {
    const item = { ...shape.item, constraint: named(constraintOfItem, member) };
    const constraint = constraintOfMember[member];
    return { kind: 'list', item, ...(constraint && { constraint }) };
  }
  const constrained = shape.kind === 'string' || shape.kind === 'integer' || shape.kind === 'blob';
  return constrained ? { ...shape, constraint: named(constraintOfMember, member) } : shape;
}

function named(table, member) {
  if (table[member]) return table[member];
  throw new Error(`input member ${member} has no constraint: add it to scripts/api-model/constraint-names.mjs`);
}

function sorted(table) {
  return Object.fromEntries(Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1)));
}
