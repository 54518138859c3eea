// Where the keys of a world are made before its simulation begins: an engine of their own, in which nothing fails, waits or is counted. Calls of
// the accounts' root users make them, so that every check of the service is theirs too. The simulation goes on from the snapshot.

import type { Backend } from '@kmsim/hsm-core';
import {
  createKms,
  type FixedKey,
  type Kms,
  KmsError,
  type OperationName,
  partitionOf,
  setDisabled,
  takeSnapshot,
  Visit,
} from '@kmsim/kms';
import type { World } from '@kmsim/world';
import { KmsimError } from '../kmsim-error.ts';
import type { KmsimSnapshot } from '../options.ts';
import { textOf } from '../policy-documents.ts';
import { principalOf } from '../principals.ts';
import type { GrantContent, KeyContent, ReplicaContent } from './content.ts';
import type { Home, KeyPlan } from './plan.ts';
import type { WorldProblem } from './problem.ts';

export class Stage {
  readonly problems: WorldProblem[] = [];
  readonly #kms: Kms;
  #next: FixedKey | undefined;

  constructor(world: World, backend: Backend) {
    this.#kms = createKms({
      world,
      backend,
      // Replicas are there at once.
      network: (_from, _to, at) => [at],
      fixedKeys: () => this.#next,
    });
  }

  make(plan: KeyPlan): void {
    const { content, id, path, secrets } = plan;
    this.#next = { id, ...(secrets && { secrets }) };
    const made = this.#try(path, plan, 'CreateKey', {
      KeySpec: plan.spec,
      KeyUsage: plan.usage,
      Origin: content.origin ?? 'AWS_KMS',
      MultiRegion: plan.multiRegion,
      ...describedBy(content),
    });
    if (!made) return;
    for (const { path: place, replica } of plan.replicas.map(placed(path)))
      this.#try(place, plan, 'ReplicateKey', { KeyId: id, ReplicaRegion: replica.region, ...describedBy(replica) });
    this.#kms.advance();
    // A key that is disabled is not rotated automatically.
    if (content.rotationDays !== undefined)
      this.#try(`${path}.rotationDays`, plan, 'EnableKeyRotation', {
        KeyId: id,
        RotationPeriodInDays: content.rotationDays,
      });
    this.#furnish(path, plan, content);
    for (const { path: place, replica } of plan.replicas.map(placed(path)))
      if (this.#has(plan, replica.region)) this.#furnish(place, { ...plan, region: replica.region }, replica);
    if (content.deletionDays !== undefined)
      this.#asOwner(plan, () =>
        this.#try(`${path}.deletionDays`, plan, 'ScheduleKeyDeletion', {
          KeyId: id,
          PendingWindowInDays: content.deletionDays,
        }),
      );
  }

  disable(account: string, region: string): void {
    setDisabled(this.#kms.state, account, region, true);
  }

  /** What the simulation goes on from. The stage is empty behind it. */
  leave(home: Home): KmsimSnapshot {
    const kms = takeSnapshot(this.#kms);
    this.#kms.abandon();
    return { ...home, kms };
  }

  // The policy behind what it need not allow to the owner.
  #furnish(
    path: string,
    plan: KeyPlan,
    { aliases = [], enabled, grants = [], policy }: KeyContent | ReplicaContent,
  ): void {
    const KeyId = plan.id;
    for (const [at, AliasName] of aliases.entries())
      this.#try(`${path}.aliases[${at}]`, plan, 'CreateAlias', { AliasName, TargetKeyId: KeyId });
    for (const [at, grant] of grants.entries())
      this.#try(`${path}.grants[${at}]`, plan, 'CreateGrant', { KeyId, ...grantInput(grant) });
    const place = `${path}.policy`;
    const text = policy && this.#caught(place, () => textOf('it', policy));
    if (text !== undefined)
      this.#try(place, plan, 'PutKeyPolicy', { KeyId, Policy: text, BypassPolicyLockoutSafetyCheck: true });
    if (enabled === false) this.#asOwner(plan, () => this.#try(`${path}.enabled`, plan, 'DisableKey', { KeyId }));
  }

  /** Does what the key's own policy need not allow to anybody. */
  #asOwner({ id, region }: KeyPlan, act: () => void): void {
    const { policies, state } = this.#kms;
    const key = state.keyById(region, id);
    if (key === undefined) return;
    state.set('keys', key.arn, { ...key, policy: policies.default(key.account, partitionOf(region)) });
    act();
    const after = state.get('keys', key.arn);
    if (after !== undefined) state.set('keys', key.arn, { ...after, policy: key.policy });
  }

  #has({ id }: KeyPlan, region: string): boolean {
    return this.#kms.state.keyById(region, id) !== undefined;
  }

  #try(path: string, { account, region }: KeyPlan, operation: OperationName, input: object): boolean {
    const caller = { principal: principalOf(`arn:${partitionOf(region)}:iam::${account}:root`), region };
    const answer = this.#caught(path, () => this.#kms.dispatch(new Visit(operation, input, 'direct', caller)));
    if (answer instanceof Promise) throw new Error(`${operation} waits for a library.`);
    return answer !== undefined;
  }

  /** Undefined: it was refused, and the refusal is a problem of this place. */
  #caught<Value>(path: string, make: () => Value): Value | undefined {
    try {
      return make();
    } catch (error) {
      if (error instanceof KmsError)
        this.problems.push({ path, problem: `is refused: ${error.code}: ${error.message}` });
      else if (error instanceof KmsimError) this.problems.push({ path, problem: `is refused: ${error.message}` });
      else throw error;
      return undefined;
    }
  }
}

function placed(
  path: string,
): (replica: ReplicaContent, at: number) => { readonly path: string; readonly replica: ReplicaContent } {
  return (replica, at) => ({ path: `${path}.replicas[${at}]`, replica });
}

function describedBy({ description, tags = {} }: KeyContent | ReplicaContent): object {
  return {
    ...(description !== undefined && { Description: description }),
    Tags: Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
  };
}

function grantInput(grant: GrantContent): object {
  const { encryptionContextEquals, encryptionContextSubset, grantee, name, operations, retiring, sourceArn } = grant;
  const constraints = {
    ...(encryptionContextEquals && { EncryptionContextEquals: encryptionContextEquals }),
    ...(encryptionContextSubset && { EncryptionContextSubset: encryptionContextSubset }),
    ...(sourceArn !== undefined && { SourceArn: sourceArn }),
  };
  return {
    [isService(grantee) ? 'GranteeServicePrincipal' : 'GranteePrincipal']: grantee,
    ...(retiring !== undefined && {
      [isService(retiring) ? 'RetiringServicePrincipal' : 'RetiringPrincipal']: retiring,
    }),
    ...(name !== undefined && { Name: name }),
    Operations: operations,
    ...(Object.keys(constraints).length > 0 && { Constraints: constraints }),
  };
}

function isService(principal: string): boolean {
  return !principal.startsWith('arn:');
}
