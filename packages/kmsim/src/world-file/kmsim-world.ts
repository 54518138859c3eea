// A world that was described: createKmsim({ world }) begins with it.

import { type Backend, chooseBackend } from '@kmsim/hsm-core';
import { KmsimError } from '../kmsim-error.ts';
import { isRecord, shown } from '../option-forms.ts';
import { defaultAccount, defaultRegion, type KmsimOptions, type KmsimWorld } from '../options.ts';
import { worldFor } from '../sim-world.ts';
import { checkForm } from './check.ts';
import { checkWorldOptions } from './check-options.ts';
import { type WorldContent, type WorldOptions, worldOptions } from './content.ts';
import { fromLocalKms, isLocalKms } from './local-kms.ts';
import { Materials, type ReadReference } from './material.ts';
import { type Home, planKeys } from './plan.ts';
import { invalidWorld, located, type PlaceOf, type WorldProblem } from './problem.ts';
import { Stage } from './stage.ts';
import { worldSchema } from './world-schema.ts';

/** Where a world comes from. */
export interface Source {
  readonly value: unknown;
  readonly file?: string | undefined;
  readonly placeOf: PlaceOf;
  readonly read: ReadReference;
}

/** A world, or everything that is wrong with it. */
export function described(source: Source): { readonly world: KmsimWorld; readonly problems: readonly WorldProblem[] } {
  const { file, placeOf } = source;
  const materials = new Materials(source.read);
  const { content, origin, problems } = translated(source.value);
  const locate = (found: readonly WorldProblem[]): readonly WorldProblem[] =>
    located(
      found.map((one) => ({ ...one, path: origin(one.path) })),
      file,
      placeOf,
    );
  const begin = (options: KmsimOptions): KmsimOptions => {
    const { settled, problems: found } = settle(content, options, materials);
    if (found.length > 0) throw invalidWorld(locate(found));
    return settled;
  };
  const backend = backendOf({});
  // What has its form is looked at further, so that all mistakes are told at once.
  const formed = withoutBroken(content, problems);
  const wrongOptions = checkWorldOptions(formed, homeOf(formed), backend);
  // A clock that cannot be begins no keys.
  const wrongKeys = wrongOptions.some(({ path }) => path === 'start' || path === 'clock')
    ? []
    : settle(formed, {}, materials).problems;
  return { world: { begin }, problems: locate([...problems, ...wrongOptions, ...wrongKeys]) };
}

/** A key that is broken leaves a hole, so that the places of the others stay. */
function withoutBroken(content: WorldContent, problems: readonly WorldProblem[]): WorldContent {
  if (problems.length === 0) return content;
  const broken = new Set(problems.map(({ path }) => /^(?:keys\[\d+\]|[^.[]*)/.exec(path)?.[0] ?? ''));
  if (broken.has('') || broken.has('keys')) return {};
  const members = Object.entries(content).filter(([name]) => !broken.has(name));
  const keys = content.keys?.map((key, index) => (broken.has(`keys[${index}]`) ? undefined : key));
  return { ...Object.fromEntries(members), ...(keys && { keys: keys as NonNullable<WorldContent['keys']> }) };
}

interface Content {
  readonly content: WorldContent;
  readonly problems: readonly WorldProblem[];
  readonly origin: (path: string) => string;
}

function translated(value: unknown): Content {
  if (isLocalKms(value)) {
    const seeds = fromLocalKms(value);
    return { ...seeds, problems: [...seeds.problems, ...checkForm(seeds.content, worldSchema)] };
  }
  const origin = (path: string): string => path;
  if (!isRecord(value)) {
    const problem = `is to be an object with keys, identities and so on, not ${shown(value)}.`;
    return { content: {}, problems: [{ path: '', problem }], origin };
  }
  // For editors of JSON.
  const { $schema: _, ...content } = value;
  return { content, problems: checkForm(content, worldSchema), origin };
}

/** The options that a simulation of this world begins with: those of createKmsim win. */
function settle(
  content: WorldContent,
  given: KmsimOptions,
  materials: Materials,
): { readonly settled: KmsimOptions; readonly problems: readonly WorldProblem[] } {
  const { world: _, ...own } = given;
  if (own.snapshot !== undefined)
    throw new KmsimError('InvalidOption', 'createKmsim: a snapshot is a world already: leave world out, or snapshot.');
  const asked = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  const { clock, seed, start, ...rest }: KmsimOptions = { ...optionsIn(content), ...asked };
  const backend = backendOf(rest);
  const world = worldFor(
    { ...(clock && { clock }), ...(seed !== undefined && { seed }), ...(start !== undefined && { start }) },
    backend,
  );
  const home = homeOf(rest);
  const { plans, problems } = planKeys(content, home, world, materials);
  const stage = new Stage(world, backend);
  for (const plan of plans) stage.make(plan);
  for (const [account, { disabledRegions = [] }] of Object.entries(content.accounts ?? {}))
    for (const region of disabledRegions) stage.disable(account, region);
  const snapshot = stage.leave(home);
  // The stage counted nothing.
  return { settled: { ...rest, quotas: rest.quotas ?? 'meter', snapshot }, problems: [...problems, ...stage.problems] };
}

function optionsIn(content: WorldContent): WorldOptions {
  return Object.fromEntries(
    worldOptions.flatMap((name) => (content[name] === undefined ? [] : [[name, content[name]]])),
  );
}

function homeOf({ account = defaultAccount, region = defaultRegion }: WorldOptions): Home {
  return { account, region };
}

function backendOf({ backend: name }: Pick<KmsimOptions, 'backend'>): Backend {
  const backend = chooseBackend(name);
  if (backend === undefined) throw new KmsimError('NoNativeBackend', 'The native backend was asked for.');
  return backend;
}
