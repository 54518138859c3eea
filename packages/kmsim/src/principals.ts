// Identities and access keys of a simulation.

import { type Principal, parsePrincipal } from '@kmsim/authz';
import type { Kms } from '@kmsim/kms';
import { KmsimError } from './kmsim-error.ts';
import { anything, checkOptions, type Forms, shown } from './option-forms.ts';
import type { AccessKey, IdentityOptions } from './options.ts';
import { tagsOf, textOf, textsOf } from './policy-documents.ts';

/** A principal from its ARN. */
export function principalOf(arn: string): Principal {
  const principal = typeof arn === 'string' ? parsePrincipal(arn) : undefined;
  if (principal === undefined) throw new KmsimError('InvalidPrincipal', `${shown(arn)} is no principal.`);
  return principal;
}

/** Users and roles with their identity policies. */
export class Identities {
  readonly #kms: () => Kms;

  constructor(kms: () => Kms) {
    this.#kms = kms;
  }

  /** Whether there is such a user or role. Roles of an account differ in name, not in path alone. */
  has(arn: string): boolean {
    const { identities } = this.#kms();
    return typeof arn === 'string' && identities.has(arn);
  }

  /** Defines a user or role, or describes it anew: what is left out it has no longer. */
  put(options: IdentityOptions): void {
    checkOptions('An identity', options, identityForms);
    const { arn, boundary, policies = {}, tags, trust } = options;
    const { kind } = principalOf(arn);
    const texts = textsOf(`${arn}: policies`, policies);
    if (kind !== 'user' && kind !== 'role')
      throw new KmsimError('InvalidPrincipal', `${arn} is neither a user nor a role.`);
    if (trust !== undefined && kind !== 'role')
      throw new KmsimError('InvalidOption', `${arn}: only a role has a trust policy.`);
    const record = {
      arn,
      policies: texts,
      ...(boundary !== undefined && { boundary: textOf(`${arn}: boundary`, boundary) }),
      ...(tags !== undefined && { tags: tagsOf(`${arn}: tags`, tags) }),
      ...(trust !== undefined && { trust: textOf(`${arn}: trust`, trust) }),
    };
    const problem = this.#kms().identities.put(record);
    if (problem !== undefined) throw new KmsimError('InvalidPolicy', `${arn}: ${problem}`);
  }
}

// What is none of these has an error of its own.
const identityForms: Forms<IdentityOptions> = {
  arn: anything,
  policies: anything,
  boundary: anything,
  tags: anything,
  trust: anything,
};

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

  /** All of them, with their secrets: for whoever asked for those by name. */
  all(): readonly AccessKey[] {
    return [...this.#byId].map(([accessKeyId, { principal, secretAccessKey }]) => ({
      accessKeyId,
      secretAccessKey,
      as: principal.arn,
    }));
  }

  /** The key that is handed out where one is needed. */
  first(): AccessKey {
    return this.#default;
  }
}
