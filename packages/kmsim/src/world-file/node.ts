// What a world file may say, as data: the checks and the JSON Schema for editors both come from it.

/** `says` completes "... is ...". `about` is what an editor shows. */
interface Told {
  readonly says: string;
  readonly about?: string;
}

export interface TextNode extends Told {
  readonly kind: 'text';
  readonly pattern?: RegExp;
}

export interface ChoiceNode extends Told {
  readonly kind: 'choice';
  readonly of: readonly string[];
}

export interface NumberNode extends Told {
  readonly kind: 'number';
  readonly least?: number;
  readonly most?: number;
  readonly whole?: boolean;
}

export interface BooleanNode extends Told {
  readonly kind: 'boolean';
}

export interface ListNode extends Told {
  readonly kind: 'list';
  readonly item: WorldNode;
}

/** Known members. */
export interface RecordNode extends Told {
  readonly kind: 'record';
  readonly members: Readonly<Record<string, WorldNode>>;
  readonly required: readonly string[];
  /** Exactly one member. */
  readonly one?: true;
}

/** Members of any name, all alike. */
export interface MapNode extends Told {
  readonly kind: 'map';
  readonly value: WorldNode;
  readonly name?: TextNode;
}

export interface EitherNode extends Told {
  readonly kind: 'either';
  readonly ways: readonly WorldNode[];
}

/** An object that is looked at elsewhere. */
export interface ObjectNode extends Told {
  readonly kind: 'object';
}

/** A node that stands in itself, by its name in the schema. */
export interface NamedNode extends Told {
  readonly kind: 'named';
  readonly name: string;
  readonly node: () => WorldNode;
}

export type WorldNode =
  | TextNode
  | ChoiceNode
  | NumberNode
  | BooleanNode
  | ListNode
  | RecordNode
  | MapNode
  | EitherNode
  | ObjectNode
  | NamedNode;

/** The members of an interface, each with its node. */
export type Members<Content> = { readonly [Name in keyof Content]-?: WorldNode };

export function text(says: string, pattern?: RegExp): TextNode {
  return { kind: 'text', says, ...(pattern && { pattern }) };
}

export function choice(...of: readonly string[]): ChoiceNode {
  return { kind: 'choice', says: of.length > 1 ? `one of ${of.join(', ')}` : (of[0] ?? ''), of };
}

export function number(says: string, limits: Pick<NumberNode, 'least' | 'most' | 'whole'> = {}): NumberNode {
  return { kind: 'number', says, ...limits };
}

export const flag: BooleanNode = { kind: 'boolean', says: 'true or false' };

export function list(says: string, item: WorldNode): ListNode {
  return { kind: 'list', says: `a list of ${says}`, item };
}

export function record<Content>(
  says: string,
  members: Members<Content>,
  required: readonly (keyof Content & string)[] = [],
): RecordNode {
  return { kind: 'record', says, members, required };
}

/** One of several members. */
export function oneMember<Content>(says: string, members: Members<Content>): RecordNode {
  return { kind: 'record', says, members, required: [], one: true };
}

export function map(says: string, value: WorldNode, name?: TextNode): MapNode {
  return { kind: 'map', says, value, ...(name && { name }) };
}

export function either(says: string, ...ways: readonly WorldNode[]): EitherNode {
  return { kind: 'either', says, ways };
}

export function object(says: string): ObjectNode {
  return { kind: 'object', says };
}

/** The node with what an editor shows of it. */
export function about<Node extends WorldNode>(node: Node, words: string): Node {
  return { ...node, about: words };
}
