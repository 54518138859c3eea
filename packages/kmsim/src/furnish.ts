// What stands in a simulation from its beginning, as the options say: users and roles, the organization, endpoints, Regions, quotas, faults.

import type { EndpointServices } from './endpoint-services.ts';
import type { Endpoints } from './endpoints.ts';
import type { KmsimOptions, KmsimSnapshot } from './options.ts';
import type { Organization } from './organization.ts';
import type { Identities } from './principals.ts';
import type { Regions } from './regions.ts';
import type { SimFaults } from './sim-faults.ts';
import type { SimQuotas } from './sim-quotas.ts';

/** An empty simulation. */
interface Rooms {
  readonly region: string;
  readonly identities: Identities;
  readonly organization: Organization;
  readonly endpoints: Endpoints;
  readonly endpointServices: EndpointServices;
  readonly regions: Regions;
  readonly faults: SimFaults;
  readonly quotas: SimQuotas;
  administrator(region: string): unknown;
}

/** `snapshot`: that of the options, opened. */
export function furnish(sim: Rooms, options: KmsimOptions, snapshot: KmsimSnapshot | undefined): void {
  const { faults, organization, quotas } = options;
  if (quotas !== undefined && snapshot?.kms.state.quotas !== undefined) sim.quotas.adopt(quotas);
  if (faults !== undefined) sim.faults.set(faults);
  // A snapshot has its administrator, unless the account is another one now.
  sim.administrator(sim.region);
  for (const identity of options.identities ?? []) sim.identities.put(identity);
  if (organization !== undefined) sim.organization.put(organization);
  for (const endpoint of options.endpoints ?? []) sim.endpoints.put(endpoint);
  for (const disabled of options.disabledRegions ?? []) sim.regions.disable(disabled);
  for (const service of options.vpcEndpointServices ?? []) sim.endpointServices.put(service);
}
