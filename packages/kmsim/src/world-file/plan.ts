// The keys of a world as they will be made: what a file leaves out is filled in, and what does not fit together is told.

import { type KeySpec, type KeyUsage, keySpecs } from '@kmsim/hsm-core';
import { formatUuid, type World } from '@kmsim/world';
import type { KeyContent, MaterialContent, ReplicaContent, WorldContent } from './content.ts';
import type { Materials } from './material.ts';
import type { WorldProblem } from './problem.ts';

export interface KeyPlan {
  readonly path: string;
  readonly content: KeyContent;
  readonly account: string;
  readonly region: string;
  readonly id: string;
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
  readonly multiRegion: boolean;
  /** Undefined: it awaits its import. */
  readonly secrets: readonly Uint8Array[] | undefined;
  readonly replicas: readonly ReplicaContent[];
}

export interface Home {
  readonly account: string;
  readonly region: string;
}

export interface Plans {
  readonly plans: readonly KeyPlan[];
  readonly problems: readonly WorldProblem[];
}

/** `world`: the source of what is left out. It depends on the seed and the key alone, not on the keys before it. */
export function planKeys({ keys = [] }: WorldContent, home: Home, world: World, materials: Materials): Plans {
  const problems: WorldProblem[] = [];
  const names = new Set<string>();
  const plans = keys.flatMap((content: KeyContent | undefined, index) => {
    // One whose form is told to be wrong already.
    if (content === undefined) return [];
    const path = `keys[${index}]`;
    const complain = (member: string, problem: string): void => {
      problems.push({ path: member === '' ? path : `${path}.${member}`, problem });
    };
    const name = nameOf(content, home, index, names);
    const plan = planKey({ content, path, name }, home, world, materials, complain);
    return plan === undefined ? [] : [plan];
  });
  const again = repeated(plans);
  return { plans: plans.filter((plan) => !again.has(plan)), problems: [...problems, ...again.values()] };
}

/** What its id follows from, where it has none: its first alias, so that keys before it change nothing. */
function nameOf({ account, aliases, region }: KeyContent, home: Home, index: number, taken: Set<string>): string {
  const place = `${account ?? home.account}/${region ?? home.region}`;
  const own = `${place}/${aliases?.[0] ?? index}`;
  const name = taken.has(own) ? `${own}#${index}` : own;
  taken.add(name);
  return name;
}

type Complain = (member: string, problem: string) => void;

function planKey(
  { content, name, path }: { readonly content: KeyContent; readonly path: string; readonly name: string },
  home: Home,
  world: World,
  materials: Materials,
  complain: Complain,
): KeyPlan | undefined {
  const { account = home.account, region = home.region, replicas = [] } = content;
  const multiRegion = content.multiRegion ?? replicas.length > 0;
  if (replicas.length > 0 && !multiRegion) complain('replicas', 'are of multi-Region keys: say multiRegion: true.');
  const versions = versionsOf(content);
  const spec = content.spec ?? specFrom(versions, materials) ?? 'SYMMETRIC_DEFAULT';
  const usage = usageOf(content, spec, complain);
  const id = content.id ?? newId(world, name, multiRegion);
  if (id.startsWith('mrk-') !== multiRegion)
    complain(
      'id',
      multiRegion ? "is of a multi-Region key: begin it with 'mrk-'." : "begins with 'mrk-': say multiRegion: true.",
    );
  if (versions.length > 1 && spec !== 'SYMMETRIC_DEFAULT')
    complain('material', 'has several versions, and only symmetric encryption keys rotate: leave one.');
  const secrets = versions.flatMap((version, at) => {
    const secret = materials.secretOf(version, spec);
    if (!('refused' in secret)) return [secret];
    complain(Array.isArray(content.material) ? `material[${at}]` : 'material', secret.refused);
    return [];
  });
  if (usage === undefined) return undefined;
  return {
    path,
    content,
    account,
    region,
    id,
    spec,
    usage,
    multiRegion,
    secrets: secretsOf(content, secrets, () => grown(world, `${account}/${id}`, spec)),
    replicas: replicas.map((one) => (typeof one === 'string' ? { region: one } : one)),
  };
}

function versionsOf({ material = [] }: KeyContent): readonly MaterialContent[] {
  return Array.isArray(material) ? (material as readonly MaterialContent[]) : [material as MaterialContent];
}

/** What is left out says the private key: local-kms knows no specs. */
function specFrom(versions: readonly MaterialContent[], materials: Materials): KeySpec | undefined {
  const [first] = versions;
  return first?.pem === undefined && first?.file === undefined ? undefined : materials.specOf(first);
}

function usageOf({ usage }: KeyContent, spec: KeySpec, complain: Complain): KeyUsage | undefined {
  const { usages } = keySpecs[spec];
  if (usage !== undefined && usages.includes(usage)) return usage;
  const [only, ...more] = usages;
  if (usage === undefined && more.length === 0) return only;
  if (usage === undefined)
    complain('', `has no usage, and ${spec} keys have several: write usage: ${usages.join(' or ')}.`);
  else complain('usage', `is none of a ${spec} key: write ${usages.join(' or ')}.`);
  return undefined;
}

function secretsOf(
  { origin }: KeyContent,
  given: readonly Uint8Array[],
  grow: () => Uint8Array,
): readonly Uint8Array[] | undefined {
  if (given.length > 0) return given;
  return origin === 'EXTERNAL' ? undefined : [grow()];
}

function newId(world: World, name: string, multiRegion: boolean): string {
  const uuid = formatUuid(world.key(`world file id ${name}`).subarray(0, 16));
  return multiRegion ? `mrk-${uuid.replaceAll('-', '')}` : uuid;
}

function grown(world: World, name: string, spec: KeySpec): Uint8Array {
  const secret = new Uint8Array(keySpecs[spec].materialBytes);
  for (let at = 0; at < secret.length; at += 32)
    secret.set(world.key(`world file material ${at} ${name}`).subarray(0, secret.length - at), at);
  return secret;
}

/** Keys with the id of another one of their account and Region: they would be refused, far from it. */
function repeated(plans: readonly KeyPlan[]): ReadonlyMap<KeyPlan, WorldProblem> {
  const seen = new Map<string, string>();
  const again = new Map<KeyPlan, WorldProblem>();
  for (const plan of plans) {
    const name = `${plan.account}/${plan.region}/${plan.id}`;
    const before = seen.get(name);
    if (before === undefined) seen.set(name, plan.path);
    else again.set(plan, { path: `${plan.path}.id`, problem: `is that of ${before}: give each key its own.` });
  }
  return again;
}
