// One resource through its life, as Terraform leads it: create, read, plan, update, import, destroy. The tables say which calls those are.

import { areAlike, tagList, tagMap } from './alike.ts';
import { ask, Gone, type Run } from './asking.ts';
import type { Attribute, Call, Given, Resource } from './calls.ts';
import { at, filled, isOn } from './known.ts';

export type Attributes = Readonly<Record<string, unknown>>;

export async function make(run: Run, calls: readonly Call[]): Promise<void> {
  for (const call of calls) if (isOn(call, run.known)) await ask(run, call);
}

export async function create(run: Run, resource: Resource, config: Given): Promise<void> {
  configure(run, config, {});
  await make(run, resource.create);
}

/** The attributes as reading finds them; undefined when the resource is gone. */
export async function read(run: Run, resource: Resource): Promise<Attributes | undefined> {
  try {
    await make(run, resource.read);
  } catch (error) {
    if (error instanceof Gone) return undefined;
    throw error;
  }
  const found = Object.entries(resource.attributes).map(([name, { from }]) => [name, at(run.known, from)] as const);
  return Object.fromEntries(found);
}

/** The attributes that differ from what is configured: what a plan would change. */
export function plan(run: Run, resource: Resource, state: Attributes, config: Given): readonly string[] {
  const wanted = filled(config, run.known) as Given;
  return Object.entries(resource.attributes)
    .filter(([name, { as }]) => name in wanted && !areAlike(state[name], wanted[name], as))
    .map(([name]) => name);
}

export async function update(run: Run, resource: Resource, changed: readonly string[], config: Given): Promise<void> {
  configure(run, config, tagMap(at(run.known, 'config.tags')));
  for (const change of resource.update) {
    if (change.of.some((name) => changed.includes(name)) && isOn(change, run.known)) await make(run, change.calls);
  }
}

/** What a new state file has: the id that somebody types, and what reading finds. */
export async function imported(run: Run, resource: Resource): Promise<Attributes | undefined> {
  const { config, id } = run.known;
  const told = Object.fromEntries((resource.imports ?? []).map((name) => [name, run.known[name]]));
  return read({ ...run, known: { config, id, ...told } }, resource);
}

export async function destroy(run: Run, resource: Resource): Promise<void> {
  await make(run, resource.destroy);
}

/** Which of the attributes two states do not have in common. */
export function differences(resource: Resource, one: Attributes, other: Attributes): readonly string[] {
  const rows = Object.entries<Attribute>(resource.attributes);
  return rows.filter(([name, { as }]) => !same(one[name], other[name], as)).map(([name]) => name);
}

function same(one: unknown, other: unknown, as: Attribute['as']): boolean {
  return one === undefined || other === undefined ? one === other : areAlike(one, other, as);
}

// The tags as KMS takes them, and what is to be taken from those of before and added to them (internal/provider/tags_interceptor.go).
function configure(run: Run, config: Given, before: Readonly<Record<string, string>>): void {
  const filledConfig = filled(config, run.known) as Given;
  const tags = tagMap(filledConfig['tags']);
  const removed = Object.keys(before).filter((name) => !(name in tags));
  const updated = Object.entries(tags).filter(([name, value]) => before[name] !== value);
  run.known = {
    ...run.known,
    config: filledConfig,
    tags: tagList(tags),
    removedTags: removed.length === 0 ? undefined : removed,
    updatedTags: tagList(Object.fromEntries(updated)),
  };
}
