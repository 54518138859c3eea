// VPC endpoint services in front of external key store proxies, as data: sim.endpointServices.

import type { EndpointServiceRecord, Kms } from '@kmsim/kms';
import { KmsimError } from './kmsim-error.ts';
import { anAccount, aRegion, checkOptions, type Forms, isText, listOf, oneOf } from './option-forms.ts';

const page = 'docs/external-key-store.md';

export interface EndpointServiceOptions {
  /** XksProxyVpcEndpointServiceName: `com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d`. */
  readonly name: string;
  /** The host of XksProxyUriEndpoint. */
  readonly privateDnsName: string;
  readonly privateDnsState?: 'verified' | 'pendingVerification' | 'failed';
  /** Whose it is; the simulation's account when absent. */
  readonly account?: string;
  /** The simulation's when absent. */
  readonly region?: string;
  readonly loadBalancer?: 'network' | 'gateway';
  /** In how many the load balancer is; 2 when absent. */
  readonly availabilityZones?: number;
  readonly acceptanceRequired?: boolean;
  /** `cks.kms.<Region>.amazonaws.com` when absent. */
  readonly allowedPrincipals?: readonly string[];
}

const forms: Forms<EndpointServiceOptions> = {
  name: {
    is: (value) =>
      typeof value === 'string' && /^(com|eu)\.amazonaws\.vpce\.([a-z]+-){2,3}\d+\.vpce-svc-[0-9a-z]+$/.test(value),
    text: "the name of a VPC endpoint service ('com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d')",
  },
  privateDnsName: { is: isText, text: 'a host name' },
  privateDnsState: oneOf('verified', 'pendingVerification', 'failed'),
  account: anAccount,
  region: aRegion,
  loadBalancer: oneOf('network', 'gateway'),
  availabilityZones: {
    is: (value) => Number.isInteger(value) && Number(value) >= 0,
    text: 'a number of Availability Zones',
  },
  acceptanceRequired: { is: (value) => typeof value === 'boolean', text: 'true or false' },
  allowedPrincipals: listOf(isText, 'service principals'),
};

export class EndpointServices {
  readonly #kms: () => Kms;
  readonly #account: string;
  readonly #region: string;

  constructor(kms: () => Kms, account: string, region: string) {
    this.#kms = kms;
    this.#account = account;
    this.#region = region;
  }

  /** Defines a VPC endpoint service in place of what it was. What is not said is as KMS wants it. */
  put(options: EndpointServiceOptions): void {
    checkOptions('A VPC endpoint service', options, forms, page);
    const { account = this.#account, name, privateDnsName, region = this.#region } = options;
    if (name === undefined || privateDnsName === undefined)
      throw new KmsimError('InvalidOption', 'A VPC endpoint service has a name and a privateDnsName.', { page });
    const record: EndpointServiceRecord = {
      name,
      account,
      region,
      loadBalancer: options.loadBalancer ?? 'network',
      availabilityZones: options.availabilityZones ?? 2,
      acceptanceRequired: options.acceptanceRequired ?? false,
      allowedPrincipals: [...(options.allowedPrincipals ?? [`cks.kms.${region}.amazonaws.com`])],
      privateDnsName,
      privateDnsState: options.privateDnsState ?? 'verified',
    };
    this.#kms().state.set('endpointServices', name, record);
  }

  /** The service is gone. */
  delete(name: string): void {
    this.#kms().state.set('endpointServices', name, undefined);
  }
}
