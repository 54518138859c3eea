// A reference model of KMS: what a request may be answered, given all that was asked before. Written from what the service
// was seen and is said to do, apart from the engine, and without cryptography.

import type { Difference } from '../match.ts';
import type { TargetPrincipal, WireReply, WireRequest } from '../target.ts';
import * as aliases from './aliases.ts';
import { Call, type Setting } from './call.ts';
import * as crypto from './crypto.ts';
import { type Expectation, judge } from './expectation.ts';
import * as keys from './keys.ts';
import * as lists from './lists.ts';
import * as policies from './policies.ts';
import { type Person, personOf } from './policy.ts';
import * as rotations from './rotations.ts';
import { refusalsOfShape } from './shapes.ts';
import { State } from './state.ts';
import * as tags from './tags.ts';

const operations: Readonly<Record<string, (call: Call) => Expectation | readonly Expectation[]>> = {
  CancelKeyDeletion: keys.cancelKeyDeletion,
  CreateAlias: aliases.createAlias,
  CreateKey: keys.createKey,
  Decrypt: crypto.decrypt,
  DeleteAlias: aliases.deleteAlias,
  DescribeKey: keys.describeKey,
  DisableKey: keys.disableKey,
  DisableKeyRotation: rotations.disableKeyRotation,
  EnableKey: keys.enableKey,
  EnableKeyRotation: rotations.enableKeyRotation,
  Encrypt: crypto.encrypt,
  GenerateDataKey: crypto.generateDataKey,
  GenerateDataKeyWithoutPlaintext: crypto.generateDataKey,
  GenerateRandom: crypto.generateRandom,
  GetKeyLastUsage: keys.getKeyLastUsage,
  GetKeyPolicy: policies.getKeyPolicy,
  GetKeyRotationStatus: rotations.getKeyRotationStatus,
  ListAliases: lists.listAliases,
  ListKeyPolicies: lists.listKeyPolicies,
  ListKeyRotations: lists.listKeyRotations,
  ListKeys: lists.listKeys,
  ListResourceTags: lists.listResourceTags,
  PutKeyPolicy: policies.putKeyPolicy,
  ReEncrypt: crypto.reEncrypt,
  RotateKeyOnDemand: rotations.rotateKeyOnDemand,
  ScheduleKeyDeletion: keys.scheduleKeyDeletion,
  TagResource: tags.tagResource,
  UntagResource: tags.untagResource,
  UpdateAlias: aliases.updateAlias,
  UpdateKeyDescription: keys.updateKeyDescription,
};

/** The operations the model knows. */
export const modelled: readonly string[] = Object.keys(operations);

/** What the model says of a request, before the answer is known. */
export interface Prediction {
  readonly expected: readonly Expectation[];
  /** Of the key the request is about: its state before. */
  readonly keyState: string;
  /** Undefined when the answer is one of those; the model then goes on from it. */
  judge(reply: WireReply): Difference | undefined;
}

export interface ModelOptions extends Partial<Setting> {
  readonly callerArn: string;
  readonly principals?: readonly TargetPrincipal[];
}

export class KmsModel {
  readonly state: State = new State();
  readonly #setting: Setting;
  readonly #callerArn: string;
  readonly #people: ReadonlyMap<string, Person>;

  constructor({ callerArn, principals = [], shared = false, tolerance = 0 }: ModelOptions) {
    this.#setting = { shared, tolerance };
    this.#callerArn = callerArn;
    const people = [{ arn: callerArn, may: 'everything' } as const, ...principals];
    this.#people = new Map(people.map(({ arn, may }) => [arn, personOf(arn, may)]));
  }

  /** Time passes: keys are deleted, rotations happen. */
  advance(milliseconds: number): void {
    this.state.advance(milliseconds);
  }

  predict(request: WireRequest): Prediction {
    const { as: arn = this.#callerArn, operation } = request;
    const call = new Call(this.state, this.#setting, request, this.#people.get(arn) ?? personOf(arn, 'nothing'));
    const run = operations[operation];
    if (run === undefined) throw new Error(`The model has no ${operation}.`);
    const badly = refusalsOfShape(operation, request.body);
    const expected = badly.length > 0 ? badly : call.outcome(() => run(call));
    return { expected, keyState: call.keyState ?? 'none', judge: (reply) => judge(expected, reply) };
  }
}
