// Identities and access keys of a simulation.

import { type Principal, parsePrincipal } from '@kmsim/authz';
import type { Kms } from '@kmsim/kms';
import { KmsimError } from './kmsim-error.ts';
import { isRecord, shown } from './option-forms.ts';
import type { AccessKey, IdentityOptions, PolicyDocument } from './options.ts';

/** A principal from its ARN. */
export function principalOf(arn: string): Principal {
  const principal = typeof arn === 'string' ? parsePrincipal(arn) : undefined;
  if (principal === undefined) throw new KmsimError('InvalidPrincipal', `${shown(arn)} is no principal.`);
  return principal;
}

/** Users and roles with their identity policies. */
export class Identities {
  readonly #kms: Kms;

  constructor(kms: Kms) {
    this.#kms = kms;
  }

  has(arn: string): boolean {
    return this.#kms.state.get('identities', arn) !== undefined;
  }

  /** Defines a user or role, or gives it other identity policies; they replace those it had. */
  put({ arn, policies = {} }: IdentityOptions): void {
    const { kind } = principalOf(arn);
    if (!isRecord(policies)) throw new KmsimError('InvalidPolicy', `${arn}: policies are an object of named policies.`);
    if (kind !== 'user' && kind !== 'role')
      throw new KmsimError('InvalidPrincipal', `${arn} is neither a user nor a role.`);
    const record = {
      arn,
      policies: Object.entries(policies).map(([name, document]) => ({ name, text: textOf(document) })),
    };
    const problem = this.#kms.identities.put(record);
    if (problem !== undefined) throw new KmsimError('InvalidPolicy', `${arn}: ${problem}`);
  }
}

function textOf(document: PolicyDocument): string {
  return typeof document === 'string' ? document : JSON.stringify(document);
}

/** A secret that signs, and whom it stands for. */
export interface Credential {
  readonly secretAccessKey: string;
  readonly principal: Principal;
}

/** Access keys by their id. The secrets are private: inspecting a simulation shows none. */
export class AccessKeys {
  readonly #byId = new Map<string, Credential>();
  readonly #default: AccessKey;

  constructor(keys: readonly AccessKey[], fallback: AccessKey, administrator: string) {
    this.#default = keys[0] ?? fallback;
    for (const { accessKeyId, as = administrator, secretAccessKey } of keys.length > 0 ? keys : [fallback]) {
      if (this.#byId.has(accessKeyId))
        throw new KmsimError('InvalidOption', `Two access keys are named ${accessKeyId}.`);
      this.#byId.set(accessKeyId, { secretAccessKey, principal: principalOf(as) });
    }
  }

  get(accessKeyId: string): Credential | undefined {
    return this.#byId.get(accessKeyId);
  }

  /** The key that is handed out where one is needed. */
  first(): AccessKey {
    return this.#default;
  }
}
