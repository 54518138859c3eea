// Whether a value has the form of the schema: every place where it has not, and what to write there.

import { nearest } from '../did-you-mean.ts';
import { isRecord, shown } from '../option-forms.ts';
import type { MapNode, RecordNode, WorldNode } from './node.ts';
import type { WorldProblem } from './problem.ts';

export function checkForm(value: unknown, node: WorldNode, path = ''): readonly WorldProblem[] {
  switch (node.kind) {
    case 'text':
      return when(typeof value === 'string' && (node.pattern?.test(value) ?? true), value, node, path);
    case 'choice':
      return typeof value === 'string' && node.of.includes(value) ? [] : [notOf(value, node.of, path)];
    case 'number': {
      const { least = -Infinity, most = Infinity, whole } = node;
      const fits = Number.isFinite(value) && (value as number) >= least && (value as number) <= most;
      return when(fits && !(whole && !Number.isInteger(value)), value, node, path);
    }
    case 'boolean':
      return when(typeof value === 'boolean', value, node, path);
    case 'object':
      return when(isRecord(value), value, node, path);
    case 'list':
      if (!Array.isArray(value)) return [wrong(value, node, path)];
      return value.flatMap((item, at) => checkForm(item, node.item, `${path}[${at}]`));
    case 'record':
      return isRecord(value) ? checkMembers(value, node, path) : [wrong(value, node, path)];
    case 'map':
      return isRecord(value) ? checkMap(value, node, path) : [wrong(value, node, path)];
    case 'either':
      return checkEither(value, node.ways, node, path);
    case 'named':
      return checkForm(value, node.node(), path);
  }
}

/** The way that is meant, by the kind of the value, says what is wrong in it. */
function checkEither(
  value: unknown,
  ways: readonly WorldNode[],
  node: WorldNode,
  path: string,
): readonly WorldProblem[] {
  const tried = ways.map((way) => ({ way, problems: checkForm(value, way, path) }));
  if (tried.some(({ problems }) => problems.length === 0)) return [];
  const meant = tried.find(({ way }) => isOfKind(value, way));
  return meant === undefined ? [wrong(value, node, path)] : meant.problems;
}

function isOfKind(value: unknown, { kind }: WorldNode): boolean {
  if (Array.isArray(value)) return kind === 'list';
  if (isRecord(value)) return kind === 'record' || kind === 'map';
  return typeof value === 'string' && (kind === 'text' || kind === 'choice');
}

function checkMembers(
  value: Readonly<Record<string, unknown>>,
  node: RecordNode,
  path: string,
): readonly WorldProblem[] {
  const names = Object.keys(node.members);
  // Undefined is absent, as in the options of createKmsim.
  const given = Object.entries(value).filter(([, member]) => member !== undefined);
  const problems = given.flatMap(([name, member]): readonly WorldProblem[] => {
    const known = Object.hasOwn(node.members, name) ? node.members[name] : undefined;
    if (known !== undefined) return checkForm(member, known, at(path, name));
    return [{ path: at(path, name), problem: `is nothing that ${node.says} has. ${instead(name, names)}` }];
  });
  const missing = node.required.filter((name) => value[name] === undefined);
  for (const name of missing) problems.push({ path, problem: `has no ${name}: ${node.says} needs one.` });
  if (node.one && given.length !== 1) problems.push({ path, problem: `is ${node.says}, not ${given.length} of them.` });
  return problems;
}

function checkMap(value: Readonly<Record<string, unknown>>, node: MapNode, path: string): readonly WorldProblem[] {
  return Object.entries(value).flatMap(([name, member]): readonly WorldProblem[] => {
    const place = at(path, name);
    const isName = node.name?.pattern?.test(name) ?? true;
    return [
      ...(isName ? [] : [{ path: place, problem: `stands where ${node.name?.says} is expected.` }]),
      ...checkForm(member, node.value, place),
    ];
  });
}

function instead(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return meant === undefined ? `It takes ${known.join(', ')}.` : `Did you mean ${meant}?`;
}

function when(fits: boolean, value: unknown, node: WorldNode, path: string): readonly WorldProblem[] {
  return fits ? [] : [wrong(value, node, path)];
}

function wrong(value: unknown, { says }: WorldNode, path: string): WorldProblem {
  return { path, problem: `is ${says}, not ${said(value)}.` };
}

function notOf(value: unknown, of: readonly string[], path: string): WorldProblem {
  const meant = typeof value === 'string' ? nearest(value, of) : undefined;
  const remedy =
    meant === undefined ? `Write ${of.length > 1 ? 'one of ' : ''}${of.join(', ')}.` : `Did you mean ${meant}?`;
  return { path, problem: `cannot be ${said(value)}. ${remedy}` };
}

// Secrets stand in a world: a value is shown when it is short, and nothing that looks like a key.
function said(value: unknown): string {
  if (value === null) return 'empty';
  return typeof value === 'string' && value.length > 24 ? 'that text' : shown(value);
}

/** The path of a member: `keys[0].spec`, `policies["my policy"]`. */
export function at(path: string, name: string): string {
  if (!/^[A-Za-z_]\w*$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === '' ? name : `${path}.${name}`;
}
