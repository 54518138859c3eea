// VPC endpoint services, as KMS looks at them: simulated as data.
// https://docs.aws.amazon.com/kms/latest/developerguide/xks-troubleshooting.html#fix-xks-vpc-configuration

import type { Engine } from '../engine.ts';
import type { CustomKeyStoreRecord, EndpointServiceRecord } from '../state/key-store-records.ts';

export interface ServiceFault {
  readonly kind: 'not found' | 'invalid configuration';
  readonly message: string;
}

type Asking = Pick<CustomKeyStoreRecord, 'account' | 'proxy' | 'region'>;

/** What is wrong with the service behind which a store's proxy is; undefined for a store without one. Words of our own. */
export function serviceFault(kms: Engine, store: Asking): ServiceFault | undefined {
  const { endpoint = '', vpcEndpointServiceName: name, vpcEndpointServiceOwner } = store.proxy ?? {};
  if (name === undefined) return undefined;
  const service = kms.state.get('endpointServices', name);
  if (service === undefined || !isVisible(service, store, vpcEndpointServiceOwner ?? store.account))
    return {
      kind: 'not found',
      message: `AWS KMS cannot find the VPC endpoint service ${name}, or is not one of its allowed principals.`,
    };
  const broken = requirements.find(({ isMet }) => !isMet(service, endpoint));
  return broken && { kind: 'invalid configuration', message: `The VPC endpoint service ${name} ${broken.says}.` };
}

// Who may not use a service does not see it.
function isVisible(service: EndpointServiceRecord, { region }: Asking, owner: string): boolean {
  const principal = `cks.kms.${region}.amazonaws.com`;
  const { account, allowedPrincipals } = service;
  return (
    service.region === region && account === owner && allowedPrincipals.some((one) => one === principal || one === '*')
  );
}

interface Requirement {
  isMet(service: EndpointServiceRecord, endpoint: string): boolean;
  readonly says: string;
}

// In the order of the guide.
const requirements: readonly Requirement[] = [
  { isMet: ({ availabilityZones }) => availabilityZones >= 2, says: 'is not in two Availability Zones' },
  { isMet: ({ loadBalancer }) => loadBalancer === 'network', says: 'has no network load balancer' },
  { isMet: ({ acceptanceRequired }) => !acceptanceRequired, says: 'requires acceptance of connections' },
  { isMet: ({ privateDnsName }) => privateDnsName.includes('.'), says: 'has no private DNS name' },
  {
    isMet: ({ privateDnsState }) => privateDnsState === 'verified',
    says: 'has a private DNS name that is not verified',
  },
  {
    isMet: ({ privateDnsName }, endpoint) => endpoint === `https://${privateDnsName}`,
    says: 'has another private DNS name than XksProxyUriEndpoint',
  },
];
