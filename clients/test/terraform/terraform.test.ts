// The calls that Terraform's AWS provider makes for what it manages in KMS, with the reads it relies on: what was created reads as configured, what
// was changed reads as changed and nothing else does, and what was destroyed is gone. Terraform itself does not run: the tables beside this file say
// what it asks, and of which file of the provider that was learned.

import { describe, expect, test } from 'vitest';
import { alias } from './alias.ts';
import type { Run } from './asking.ts';
import type { Case, Given, Resource } from './calls.ts';
import { dataSources } from './data-sources.ts';
import { externalKey } from './external-key.ts';
import { grant } from './grant.ts';
import { key } from './key.ts';
import { keyPolicy } from './key-policy.ts';
import { filled } from './known.ts';
import { doors } from './place.ts';
import { replicaExternalKey } from './replica-external-key.ts';
import { replicaKey } from './replica-key.ts';
import { type Attributes, create, destroy, differences, imported, make, plan, read, update } from './resource-run.ts';

const resources = [key, alias, grant, replicaKey, externalKey, replicaExternalKey, keyPolicy, ...dataSources];

async function there(run: Run, resource: Resource): Promise<Attributes> {
  const state = await read(run, resource);
  if (state === undefined) throw new Error(`${resource.type} is gone`);
  return state;
}

async function lifeOf(
  run: Run,
  resource: Resource,
  { changes = [], computed = {}, given = [], config }: Case,
): Promise<void> {
  await make(run, given);
  await create(run, resource, config);

  let state = await there(run, resource);
  expect(plan(run, resource, state, config), 'a plan behind apply').toEqual([]);
  for (const [name, value] of Object.entries(computed))
    expect({ [name]: state[name] }).toEqual({ [name]: filled(value, run.known) });
  expect(differences(resource, await there(run, resource), state), 'a second refresh').toEqual([]);
  expect(differences(resource, (await imported(run, resource)) ?? {}, state), 'an import').toEqual([]);

  let wanted: Given = config;
  for (const change of changes) {
    wanted = { ...wanted, ...change };
    const changed = plan(run, resource, state, wanted);
    const meant = Object.keys(change).filter((name) => name in resource.attributes && change[name] !== undefined);
    expect([...changed].sort()).toEqual(meant.sort());
    await update(run, resource, changed, wanted);
    const after = await there(run, resource);
    expect(plan(run, resource, after, wanted), 'a plan behind an update').toEqual([]);
    const touched = differences(resource, after, state).filter(
      (name) => !(name in change) && !followers.includes(name),
    );
    expect(touched, 'what the update did not mean').toEqual([]);
    state = after;
  }

  await destroy(run, resource);
  if (resource.stays) return;
  expect(await read(run, resource)).toBeUndefined();
  // Somebody else may have deleted it.
  await destroy(run, resource);
}

// What KMS itself changes along with something else.
const followers = ['rotation_period_in_days', 'target_key_arn', 'key_state', 'expiration_model'];

describe.each(doors)('$name', (door) => {
  describe.each(['immediate', 'eventual'] as const)('consistency: %s', (consistency) => {
    describe.each(resources)('$type ($source)', (resource) => {
      test.each(resource.cases)('$name', async (example) => {
        await using place = await door.open({ seed: 'terraform', start: '2030-06-01T00:00:00Z', consistency });
        const primary = place.kms('us-east-1');
        const run = { sim: place.sim, here: place.kms(resource.region ?? 'us-east-1'), primary, known: {} };
        await lifeOf(run, resource, example);
      });
    });
  });
});
