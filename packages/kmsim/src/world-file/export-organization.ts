// The organization of a simulation as a world file has it: the records say of each account what is attached on the way down to it.

import type { Kms } from '@kmsim/kms';
import { KmsimError } from '../kmsim-error.ts';
import { type ControlOptions, fullAccess, type OrganizationOptions } from '../organization.ts';
import { documentsOf } from './documents.ts';

interface Place {
  controls: ControlOptions;
  readonly accounts: Map<string, ControlOptions>;
  readonly units: Map<string, Place>;
}

type Policies = readonly { readonly name: string; readonly text: string }[];

export function organizationOf(kms: Kms): OrganizationOptions | undefined {
  const members = [...kms.state.rows('memberships')];
  const ids = new Set(members.map(({ organization }) => organization));
  if (ids.size > 1)
    throw new KmsimError('InvalidWorld', 'There are several organizations, and a world file has one.', {
      hint: 'Take a snapshot: sim.snapshot({ key }).',
    });
  const [id] = ids;
  if (id === undefined) return undefined;
  const roots = new Map<string, Place>();
  let management: string | undefined;
  for (const { account, path, resourceControls = [], serviceControls } of members) {
    const [, ...names] = path.split('/').slice(0, -1);
    if (serviceControls === undefined) management = account;
    let level = roots;
    let place: Place | undefined;
    for (const [depth, name] of names.entries()) {
      place = level.get(name) ?? { controls: {}, accounts: new Map(), units: new Map() };
      const attached = serviceControls?.[depth];
      if (attached !== undefined) place.controls = controlsOf(attached, []);
      level.set(name, place);
      level = place.units;
    }
    // Those of all levels stand together in the records, and limit the account as much from its own.
    place?.accounts.set(account, controlsOf(serviceControls?.at(-1) ?? [fullAccess], resourceControls));
  }
  const [[root, top] = []] = roots;
  if (root === undefined || top === undefined) return undefined;
  return { id, root, ...(management !== undefined && { managementAccount: management }), ...contentOf(top) };
}

function contentOf({ accounts, controls, units }: Place): Omit<OrganizationOptions, 'id'> {
  return {
    ...controls,
    ...(accounts.size > 0 && { accounts: Object.fromEntries(accounts) }),
    ...(units.size > 0 && { units: Object.fromEntries([...units].map(([name, unit]) => [name, contentOf(unit)])) }),
  };
}

function controlsOf(services: Policies, resources: Policies): ControlOptions {
  const others = services.filter(({ name, text }) => name !== fullAccess.name || text !== fullAccess.text);
  return {
    ...(others.length > 0 && { scps: documentsOf(others) }),
    ...(others.length === services.length && { fullAWSAccess: false }),
    ...(resources.length > 0 && { rcps: documentsOf(resources) }),
  };
}
