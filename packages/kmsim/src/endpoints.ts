// VPC endpoints that calls can come through: sim.as(role, { endpoint: 'vpce-0a1b2c3d' }).

import type { Kms } from '@kmsim/kms';
import { KmsimError } from './kmsim-error.ts';
import { anAccount, anything, checkOptions, type Form, type Forms } from './option-forms.ts';
import { type PolicyDocument, textOf } from './policy-documents.ts';

export interface EndpointOptions {
  /** `vpce-0a1b2c3d`: aws:SourceVpce. */
  readonly id: string;
  /** `vpc-0a1b2c3d`: aws:SourceVpc. */
  readonly vpc: string;
  /** Without one everything passes. */
  readonly policy?: PolicyDocument;
  /** Whose it is (aws:VpceAccount); the simulation's account when absent. */
  readonly account?: string;
}

function startsWith(prefix: string): Form {
  return {
    is: (value) => typeof value === 'string' && /^[\w-]+$/.test(value) && value.startsWith(prefix),
    text: `an id that begins with ${prefix}`,
  };
}

const forms: Forms<EndpointOptions> = {
  id: startsWith('vpce-'),
  vpc: startsWith('vpc-'),
  policy: anything,
  account: anAccount,
};

export class Endpoints {
  readonly #kms: () => Kms;
  readonly #account: string;

  constructor(kms: () => Kms, account: string) {
    this.#kms = kms;
    this.#account = account;
  }

  /** Defines a VPC endpoint, or gives it another policy. */
  put(options: EndpointOptions): void {
    checkOptions('An endpoint', options, forms);
    const { account = this.#account, id, policy, vpc } = options;
    if (id === undefined || vpc === undefined)
      throw new KmsimError('InvalidOption', 'An endpoint has an id and a vpc.');
    const record = { id, vpc, account, ...(policy !== undefined && { policy: textOf(`${id}: policy`, policy) }) };
    const problem = this.#kms().endpoints.put(record);
    if (problem !== undefined) throw new KmsimError('InvalidPolicy', problem);
  }
}
