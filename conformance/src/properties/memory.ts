// What a run has seen so far, and how a transcript would refer to it: the keys, ciphertexts, aliases and markers that later commands use.

import { createScope, type Scope } from '../scope.ts';
import type { Target, WireReply, WireRequest } from '../target.ts';
import type { Json } from '../transcript.ts';
import { isRecord } from '../values.ts';
import { fromWire } from '../wire-blobs.ts';

export interface KnownKey {
  /** `s3.KeyMetadata`: how a later step refers to it. */
  readonly ref: string;
  readonly id: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
}

export interface KnownAlias {
  readonly name: Json;
  readonly text: string;
  readonly key: KnownKey;
}

export interface KnownBlob {
  readonly ref: string;
  readonly context: Json | undefined;
  readonly key: KnownKey | undefined;
}

export interface KnownMarker {
  readonly ref: string;
  readonly operation: string;
  readonly about: Json | undefined;
  readonly account: string;
  readonly region: string;
}

/** A request as it was made, in the forms of a transcript. */
export type Input = Readonly<Record<string, Json>>;

const blobMakers: Readonly<Record<string, readonly [key: string, context: string]>> = {
  Encrypt: ['KeyId', 'EncryptionContext'],
  GenerateDataKey: ['KeyId', 'EncryptionContext'],
  GenerateDataKeyWithoutPlaintext: ['KeyId', 'EncryptionContext'],
  ReEncrypt: ['DestinationKeyId', 'DestinationEncryptionContext'],
};

export class Memory {
  readonly scope: Scope;
  readonly regions: readonly string[];
  readonly keys: KnownKey[] = [];
  readonly aliases: KnownAlias[] = [];
  readonly blobs: KnownBlob[] = [];
  readonly markers: KnownMarker[] = [];

  constructor(name: string, regions: readonly string[], target: Target) {
    this.scope = createScope({ name, regions }, target);
    this.regions = regions;
  }

  learn(step: string, input: Input, request: WireRequest, reply: WireReply): void {
    const answer = reply.status === 200 && isRecord(reply.body) ? fromWire(reply.body) : {};
    this.scope.remember(step, answer);
    if (reply.status !== 200) return;
    const body = isRecord(reply.body) ? reply.body : {};
    const { operation, region } = request;
    if (operation === 'CreateKey') this.#learnKey(`${step}.KeyMetadata`, body['KeyMetadata'], region);
    const made = blobMakers[operation];
    if (made !== undefined && typeof body['CiphertextBlob'] === 'string') {
      const key = this.keys.find(({ arn }) => arn === body['KeyId']);
      this.blobs.push({ ref: `${step}.CiphertextBlob`, context: input[made[1]], key });
    }
    if (operation === 'CreateAlias') this.#learnAlias(input, request);
    if (typeof body['NextMarker'] === 'string') {
      const account = request.as?.split(':')[4] ?? this.scope.variable('account');
      this.markers.push({ ref: `${step}.NextMarker`, operation, about: input['KeyId'], account, region });
    }
  }

  #learnKey(ref: string, metadata: unknown, region: string): void {
    if (!isRecord(metadata)) return;
    const [id, arn, account] = [String(metadata['KeyId']), String(metadata['Arn']), String(metadata['AWSAccountId'])];
    this.keys.push({ ref, id, arn, account, region });
  }

  #learnAlias(input: Input, { body }: WireRequest): void {
    const key = this.keys.find(({ arn, id }) => body['TargetKeyId'] === id || body['TargetKeyId'] === arn);
    const name = input['AliasName'];
    if (key !== undefined && name !== undefined) this.aliases.push({ name, text: String(body['AliasName']), key });
  }
}

/** The n-th of a list that goes round; undefined of an empty one. */
export function nth<T>(list: readonly T[], n: number): T | undefined {
  return list[n % Math.max(list.length, 1)];
}
