// The format of a world file as JSON Schema, which editors complete and check with. https://json-schema.org/draft-07/schema

import type { WorldNode } from './node.ts';
import { worldSchema } from './world-schema.ts';

type Schema = Readonly<Record<string, unknown>>;

/** Where the published file stands in the package. */
export const schemaName = 'schema/world.schema.json';

/** The published file. `schema/world.schema.json` is this, and a test says so. */
export function jsonSchema(): Schema {
  const definitions: Record<string, Schema> = {};
  const schema = schemaOf(worldSchema, definitions) as { readonly properties: Schema };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A world of kmsim',
    description: 'docs/world-files.md',
    ...schema,
    // What editors of JSON look for.
    properties: { $schema: { type: 'string' }, ...schema.properties },
    definitions,
  };
}

function schemaOf(node: WorldNode, definitions: Record<string, Schema>): Schema {
  const shape = shapeOf(node, definitions);
  return node.about === undefined ? shape : { description: node.about, ...shape };
}

function shapeOf(node: WorldNode, definitions: Record<string, Schema>): Schema {
  const inner = (one: WorldNode): Schema => schemaOf(one, definitions);
  switch (node.kind) {
    case 'text':
      return { type: 'string', ...(node.pattern && { pattern: node.pattern.source }) };
    case 'choice':
      return { enum: node.of };
    case 'number':
      return {
        type: node.whole ? 'integer' : 'number',
        ...(node.least !== undefined && { minimum: node.least }),
        ...(node.most !== undefined && { maximum: node.most }),
      };
    case 'boolean':
      return { type: 'boolean' };
    case 'object':
      return { type: 'object' };
    case 'list':
      return { type: 'array', items: inner(node.item) };
    case 'record':
      return {
        type: 'object',
        properties: Object.fromEntries(Object.entries(node.members).map(([name, member]) => [name, inner(member)])),
        ...(node.required.length > 0 && { required: node.required }),
        ...(node.one && { minProperties: 1, maxProperties: 1 }),
        additionalProperties: false,
      };
    case 'map':
      return {
        type: 'object',
        ...(node.name?.pattern && { propertyNames: { pattern: node.name.pattern.source } }),
        additionalProperties: inner(node.value),
      };
    case 'either':
      return { anyOf: node.ways.map(inner) };
    case 'named':
      if (!Object.hasOwn(definitions, node.name)) {
        definitions[node.name] = {};
        definitions[node.name] = inner(node.node());
      }
      return { $ref: `#/definitions/${node.name}` };
  }
}
