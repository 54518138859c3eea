// One event after the other: what came of it then, what would now, and what it did to the world.

import { isOperationName, type OperationName, operationRows } from '@kmsim/kms';
import { callerOf, type Rebuilt } from './callers.ts';
import { compare } from './compare.ts';
import { type KmsEvent, text } from './event.ts';
import { follow } from './follow.ts';
import { aliasArn } from './key-evidence.ts';
import { type Now, nowOf } from './now.ts';
import { Groups, Tally } from './report.ts';
import { shownState } from './shown-state.ts';
import { type Then, thenOf } from './then.ts';
import { inState, type ReplayWorld } from './world.ts';

/** They change who may, and not the key's record. */
const changesGrants = new Set(['CreateGrant', 'RetireGrant', 'RevokeGrant']);

type Comparable = Exclude<Then, { kind: 'incomparable' }>;

interface Asked {
  readonly operation: OperationName;
  readonly then: Comparable;
  readonly rebuilt: Rebuilt;
}

/** What can be asked again of an event, or why nothing can. */
function askedOf(event: KmsEvent): Asked | string {
  const { errorCode, identity, keys, operation, parameters } = event;
  const then = thenOf(event);
  if (then.kind === 'incomparable') return then.reason;
  if (!isOperationName(operation)) return `not an operation of KMS: ${operation}`;
  const rebuilt = callerOf(event);
  if (rebuilt === undefined) return `no caller that kmsim knows: ${text(identity['type']) ?? 'unknown'}`;
  const isNameless = keys.length === 0 && parameters === undefined && errorCode !== undefined;
  if (isNameless && operationRows[operation].keyMembers.length > 0)
    return 'refused, and the record does not say for which key';
  return { operation, then, rebuilt };
}

export class Replayer {
  readonly differences: Groups = new Groups();
  readonly uncertain: Groups = new Groups();
  readonly notJudged: Tally = new Tally();
  readonly gaps: Tally = new Tally();
  readonly keyPolicies: Tally = new Tally();
  readonly identities: Tally = new Tally();
  readonly policiesKept: Tally = new Tally();
  same = 0;
  ofService = 0;
  copies = 0;
  outOfOrder = 0;
  readonly #world: ReplayWorld;
  /** Key ARN -> the instant of its latest change. */
  readonly #changed = new Map<string, number>();
  /** Keys whose state an event has shown. */
  readonly #shown = new Set<string>();

  constructor(world: ReplayWorld) {
    this.#world = world;
  }

  replay(event: KmsEvent): void {
    const world = this.#world;
    if (event.at < world.now) this.outOfOrder += 1;
    world.reach(event.at);
    if (world.evidence.isCopy(event)) {
      this.copies += 1;
      return;
    }
    if (event.ofService) {
      this.ofService += 1;
      // A replica that KMS made for ReplicateKey has an event of its own in its Region.
      if (event.errorCode === undefined) follow(world, event);
      return;
    }
    this.#judge(event);
    if (event.errorCode === undefined) this.#follow(event);
  }

  #judge(event: KmsEvent): void {
    const world = this.#world;
    const asked = askedOf(event);
    if (typeof asked === 'string') {
      this.notJudged.add(asked);
      return;
    }
    const { operation, rebuilt, then } = asked;
    const isAssumed = world.admit(rebuilt.caller, event.account);
    this.#prepare(event, then);
    const now = nowOf(world, operation, event, rebuilt.caller);
    if (this.#believe(event, then, now)) this.same += 1;
    else this.#compare(event, then, now, rebuilt, isAssumed);
  }

  #compare(event: KmsEvent, then: Comparable, now: Now, { caller, instead }: Rebuilt, isAssumed: boolean): void {
    const world = this.#world;
    const principal = caller.principal.roleArn ?? caller.principal.arn;
    const keys = event.keys.filter((arn) => world.policyFrom(arn) === 'assumed' && world.key(arn) !== undefined);
    for (const arn of keys) this.keyPolicies.add(arn);
    if (isAssumed) this.identities.add(principal);
    const assumptions = {
      keys,
      identity: isAssumed ? principal : undefined,
      caller: instead,
      noParameters: event.parameters === undefined && event.errorCode !== undefined,
    };
    const isPinned = event.keys.some((arn) => world.isPinned(arn) || world.given(arn)?.spec !== undefined);
    const comparison = compare(then, now, assumptions, isPinned);
    if (comparison.kind === 'same') this.same += 1;
    else if (comparison.kind === 'unjudged') this.notJudged.add(comparison.reason);
    else {
      const sameSecond = event.keys.some((arn) => this.#changed.get(arn) === event.at);
      const groups = comparison.restsOn.length === 0 ? this.differences : this.uncertain;
      groups.add(event, principal, comparison, sameSecond);
    }
  }

  /** What the event shows to have been there is there. */
  #prepare(event: KmsEvent, then: Then): void {
    const world = this.#world;
    // A key that was not found is not there, and one that is made comes later.
    if (then.kind === 'error' && then.code === 'NotFoundException') return;
    if (event.operation === 'CreateKey') return;
    for (const arn of event.keys) world.ensureKey(arn);
    const target = world.key(event.keys[0] ?? '');
    if (target === undefined) return;
    const { aliasName, destinationKeyId, keyId } = event.parameters ?? {};
    const named = event.operation === 'CreateAlias' ? [keyId] : [keyId, aliasName];
    for (const name of named) this.#showAlias(text(name), target.arn);
    if (event.keys[1] !== undefined) this.#showAlias(text(destinationKeyId), event.keys[1]);
  }

  #showAlias(name: string | undefined, target: string): void {
    const key = this.#world.key(target);
    if (key === undefined || name === undefined || !/^(?:alias\/|arn:.*:alias\/)./.test(name)) return;
    const alias = name.startsWith('alias/') ? aliasArn(target, name, key) : name;
    if (this.#world.kms.state.get('aliases', alias) !== undefined) return;
    this.#world.pointAlias(alias.slice(alias.indexOf(':alias/') + 1), key);
  }

  /** The state in which a key was then is the log's to say, as long as it is not given. True where that is all that differs. */
  #believe(event: KmsEvent, then: Then, now: Now): boolean {
    const world = this.#world;
    const free = event.keys.filter((arn) => world.key(arn) !== undefined && !world.isPinned(arn));
    const shown = shownState(event, then, now);
    if (shown === 'as it is') for (const arn of free) this.#shown.add(arn);
    if (free.length === 0 || shown === 'as it is' || shown === undefined) return false;
    for (const arn of free) {
      const before = world.stateOf(arn);
      // The first that is seen of a key is no gap: that is how the log finds it.
      if (this.#shown.has(arn) && before !== shown) this.gaps.add(`${arn}: ${before}, and then ${shown}`);
      this.#shown.add(arn);
      const key = world.key(arn);
      if (key !== undefined && before !== shown) world.setKey({ ...key, ...inState(shown, key, world.now) });
    }
    return true;
  }

  #follow(event: KmsEvent): void {
    const world = this.#world;
    const [arn = ''] = event.keys;
    const before = world.key(arn);
    const isKept = event.operation === 'PutKeyPolicy' && world.policyFrom(arn) === 'given';
    if (isKept && event.parameters?.['policy'] !== world.key(arn)?.policy) this.policiesKept.add(arn);
    follow(world, event);
    if (world.key(arn) !== before || changesGrants.has(event.operation)) this.#changed.set(arn, event.at);
  }
}
