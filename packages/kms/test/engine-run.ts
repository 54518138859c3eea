// One engine and its model, going through commands and compared after each.

import { expect } from 'vitest';
import type { OperationName } from '../src/api/shapes.ts';
import type { OperationInputs, OperationOutputs } from '../src/api/types.ts';
import type { Caller } from '../src/operation.ts';
import { administratorOf, dayMs, everything, TestEngine, utf8 } from './engine.ts';
import type { Command, Kind, Of } from './engine-commands.ts';
import {
  accounts,
  callers,
  changes,
  Model,
  type ModelKey,
  type Outcome,
  stateOf,
  unlessPending,
  use,
} from './engine-model.ts';

export class Run {
  engine: TestEngine;
  readonly model = new Model();
  /** All answers and errors, as text. */
  readonly trace: string[] = [];
  readonly ids = new Set<string>();
  readonly #backend: 'native' | 'portable';

  constructor(backend: 'native' | 'portable' = 'native') {
    this.#backend = backend;
    this.engine = new TestEngine({ seed: 'property', backend });
    for (const account of accounts) this.engine.attach(administratorOf(account), everything);
    for (const who of [0, 0, 0, 1, 2]) this.#create(callerAt(who));
  }

  do(command: Command): void {
    this.engine.kms.advance();
    this.model.advance(this.engine.now);
    (this.#does[command.kind] as (command: Command) => void)(command);
  }

  readonly #does: { readonly [K in Kind]: (command: Of<K>) => void } = {
    create: ({ who }) => this.#create(callerAt(who)),
    change: (command) => this.#change(command),
    encrypt: (command) => this.#encrypt(command),
    dataKey: (command) => this.#dataKey(command),
    decrypt: (command) => this.#decrypt(command),
    spoil: (command) => this.#spoil(command),
    reEncrypt: (command) => this.#reEncrypt(command),
    alias: (command) => this.#alias(command),
    tag: (command) => this.#tag(command),
    look: (command) => this.#look(command),
    wait: ({ days }) => this.engine.wait(Math.round(days * dayMs)),
    // I08: an engine that was restored is the engine it was.
    restore: () => {
      const snapshot = JSON.parse(JSON.stringify(this.engine.snapshot()));
      this.engine = new TestEngine({ snapshot, backend: this.#backend });
    },
  };

  /** I13, I23, I24, I25: the call ends as the model says, in one of the operation's own errors, and a failure changes nothing. */
  expect<Name extends OperationName>(
    outcome: Outcome,
    name: Name,
    input: OperationInputs[Name],
    by: Caller,
  ): OperationOutputs[Name] | undefined {
    if (outcome === 'ok') {
      const answer = this.engine.call(name, input, by);
      this.trace.push(`${name} ok ${text(answer)}`);
      return answer;
    }
    const error = this.engine.error(name, input, by);
    this.trace.push(`${name} ${error.code} ${error.wireMessage}`);
    expect(error.code, `${name} ${text(input)}`).toBe(outcome);
    return undefined;
  }

  // I34: no id, no nonce twice.
  #unique(id: string | undefined): void {
    expect(this.ids).not.toContain(id);
    this.ids.add(id ?? '');
  }

  #create(by: Caller): void {
    const { Arn = '', KeyId = '', CurrentKeyMaterialId } = this.expect('ok', 'CreateKey', {}, by)?.KeyMetadata ?? {};
    this.#unique(KeyId);
    this.#unique(CurrentKeyMaterialId);
    this.model.add(Arn, KeyId, by);
  }

  #change({ operation, nth, form, stranger }: Of<'change'>): void {
    const key = pick(this.model.keys, nth);
    const change = changes[operation];
    if (key === undefined || change === undefined) return;
    const by = stranger === null ? key.owner : callerAt(stranger);
    const access = this.model.access(by, key, form === 'alias' ? 'id' : form);
    const outcome = access === 'ok' ? change.may(key, this.engine.now) : access;
    const extra = { EnableKeyRotation: { RotationPeriodInDays: 90 }, ScheduleKeyDeletion: { PendingWindowInDays: 7 } };
    const input = { KeyId: form === 'arn' ? key.arn : key.id, ...extra[operation as keyof typeof extra] };
    this.expect(outcome, operation as 'EnableKey', input, by);
    if (outcome === 'ok') change.act(key, this.engine.now);
  }

  #encrypt({ nth, form, context, stranger }: Of<'encrypt'>): void {
    const key = pick(this.model.keys, nth);
    if (key === undefined) return;
    const by = stranger === null ? key.owner : callerAt(stranger);
    const named = form === 'alias' ? [...this.model.aliases].find(([, target]) => target === key)?.[0] : undefined;
    const name = named ?? (form === 'arn' ? key.arn : key.id);
    const access = this.model.access(by, key, named !== undefined || form === 'arn' ? 'arn' : 'id');
    const plaintext = `text ${this.trace.length}`;
    const input = { KeyId: name, Plaintext: utf8(plaintext), EncryptionContext: context };
    const answer = this.expect(access === 'ok' ? use(key) : access, 'Encrypt', input, by);
    this.#keep(answer?.CiphertextBlob, key, context, plaintext);
  }

  #keep(
    blob: Uint8Array | undefined,
    key: ModelKey,
    context: Readonly<Record<string, string>>,
    plaintext: string,
  ): void {
    if (blob === undefined) return;
    this.#unique(Buffer.from(blob.subarray(38, 54)).toString('hex'));
    this.model.tickets.push({ blob, key, context, plaintext });
  }

  // I04: a data key equals what Decrypt makes of its ciphertext.
  #dataKey({ nth, context }: Of<'dataKey'>): void {
    const key = pick(this.model.keys, nth);
    if (key === undefined) return;
    const outcome = key.deleted ? 'NotFoundException' : use(key);
    const input = { KeyId: key.arn, KeySpec: 'AES_256', EncryptionContext: context } as const;
    const answer = this.expect(outcome, 'GenerateDataKey', input, key.owner);
    if (answer === undefined) return;
    const opened = this.engine.call(
      'Decrypt',
      { CiphertextBlob: answer.CiphertextBlob, EncryptionContext: context },
      key.owner,
    );
    expect(opened.Plaintext).toEqual(answer.Plaintext);
    this.#unique(Buffer.from(answer.Plaintext ?? []).toString('hex'));
  }

  // I01, I02, I14: opens under its own context, after whatever happened to the key, and under no other.
  #decrypt({ nth, named, context, stranger }: Of<'decrypt'>): void {
    const ticket = pick(this.model.tickets, nth);
    if (ticket === undefined) return;
    const by = stranger === null ? ticket.key.owner : callerAt(stranger);
    const other = named === null ? undefined : pick(this.model.keys, named);
    let outcome = this.model.opens(by, ticket);
    if (other !== undefined) {
      const access = this.model.access(by, other, 'arn');
      outcome = access === 'ok' ? use(other) : access;
      if (outcome === 'ok' && other !== ticket.key) outcome = 'IncorrectKeyException';
    }
    const given = context ?? ticket.context;
    if (outcome === 'ok' && !sameContext(given, ticket.context)) outcome = 'InvalidCiphertextException';
    const input = { CiphertextBlob: ticket.blob, KeyId: other?.arn, EncryptionContext: given };
    const answer = this.expect(outcome, 'Decrypt', input, by);
    if (answer !== undefined) expect(new TextDecoder().decode(answer.Plaintext)).toBe(ticket.plaintext);
  }

  #spoil({ nth, at, bit }: Of<'spoil'>): void {
    const ticket = pick(this.model.tickets, nth);
    if (ticket === undefined) return;
    const CiphertextBlob = Uint8Array.from(ticket.blob);
    const place = at % CiphertextBlob.length;
    CiphertextBlob[place] = (CiphertextBlob[place] ?? 0) ^ (1 << bit);
    const { code } = this.engine.error(
      'Decrypt',
      { CiphertextBlob, EncryptionContext: ticket.context },
      ticket.key.owner,
    );
    const before = this.model.opens(ticket.key.owner, ticket);
    expect(['InvalidCiphertextException', ...(before === 'ok' ? [] : [before])]).toContain(code);
  }

  #reEncrypt({ nth, to, context }: Of<'reEncrypt'>): void {
    const ticket = pick(this.model.tickets, nth);
    const key = pick(this.model.keys, to);
    if (ticket === undefined || key === undefined) return;
    const by = key.owner;
    const found = this.model.opens(by, ticket);
    const order = [found === 'AccessDeniedException' ? found : 'ok', found, use(key)];
    // The destination is looked for before anything is judged.
    const outcome = key.deleted ? 'NotFoundException' : (order.find((each) => each !== 'ok') ?? 'ok');
    const input = {
      CiphertextBlob: ticket.blob,
      SourceEncryptionContext: ticket.context,
      DestinationKeyId: key.id,
      DestinationEncryptionContext: context,
    };
    const answer = this.expect(outcome, 'ReEncrypt', input, by);
    this.#keep(answer?.CiphertextBlob, key, context, ticket.plaintext);
  }

  #alias({ operation, alias, nth, who }: Of<'alias'>): void {
    const by = callerAt(who);
    const arn = `arn:aws:kms:${by.region}:${by.principal.account}:${alias}`;
    const target = pick(this.model.live(by), nth);
    if (target === undefined) return;
    const taken = this.model.aliases.has(arn);
    const absent = operation === 'CreateAlias' || taken ? 'ok' : 'NotFoundException';
    const state = operation === 'DeleteAlias' ? 'ok' : unlessPending(target);
    const free = operation === 'CreateAlias' && taken ? 'AlreadyExistsException' : 'ok';
    const outcome = [absent, state, free].find((each) => each !== 'ok') ?? 'ok';
    const input = { AliasName: alias, TargetKeyId: target.id };
    this.expect(outcome, operation as 'CreateAlias', input, by);
    if (outcome !== 'ok') return;
    if (operation === 'DeleteAlias') this.model.aliases.delete(arn);
    else this.model.aliases.set(arn, target);
  }

  #tag({ nth, tags, remove }: Of<'tag'>): void {
    const key = pick(this.model.keys, nth);
    if (key === undefined || key.deleted) return;
    const outcome = unlessPending(key);
    const entries = Object.entries(tags);
    if (remove) this.expect(outcome, 'UntagResource', { KeyId: key.id, TagKeys: Object.keys(tags) }, key.owner);
    else
      this.expect(
        outcome,
        'TagResource',
        { KeyId: key.id, Tags: entries.map(([TagKey, TagValue]) => ({ TagKey, TagValue })) },
        key.owner,
      );
    if (outcome !== 'ok') return;
    for (const [name, value] of entries) {
      if (remove) key.tags.delete(name);
      else key.tags.set(name, value);
    }
  }

  // I10: all lists through all pages; I06: states; rotations by kind.
  #look({ who, nth, limit }: Of<'look'>): void {
    const by = callerAt(who);
    const live = this.model.live(by);
    expect(this.#all('ListKeys', {}, 'Keys', limit, by)).toEqual(
      live.map(({ id, arn }) => ({ KeyId: id, KeyArn: arn })),
    );
    const prefix = `arn:aws:kms:${by.region}:${by.principal.account}:`;
    const aliases = [...this.model.aliases]
      .filter(([arn]) => arn.startsWith(prefix))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    expect(this.#all('ListAliases', {}, 'Aliases', limit, by)).toMatchObject(
      aliases.map(([AliasArn, { id }]) => ({ AliasArn, TargetKeyId: id })),
    );
    const key = pick(live, nth);
    if (key === undefined) return;
    const { KeyMetadata } = this.engine.call('DescribeKey', { KeyId: key.id }, by);
    expect(KeyMetadata?.KeyState).toBe(stateOf(key));
    const rotations = this.#all('ListKeyRotations', { KeyId: key.id }, 'Rotations', limit, by);
    expect(rotations.map(({ RotationType }) => RotationType)).toEqual(key.rotations);
    const tags = this.#all('ListResourceTags', { KeyId: key.id }, 'Tags', limit, by);
    expect(new Map(tags.map(({ TagKey, TagValue }) => [TagKey, TagValue]))).toEqual(key.tags);
    expect(tags).toHaveLength(key.tags.size);
  }

  #all(name: OperationName, input: object, list: string, Limit: number, by: Caller): Record<string, unknown>[] {
    const all: Record<string, unknown>[] = [];
    let Marker: unknown;
    do {
      const page = this.engine.call(name, { ...input, Limit, Marker } as never, by) as Record<string, unknown>;
      all.push(...(page[list] as Record<string, unknown>[]));
      Marker = page['NextMarker'];
    } while (Marker !== undefined);
    return all;
  }
}

function callerAt(at: number): Caller {
  return callers[at] ?? expect.fail('no such caller');
}

function pick<T>(items: readonly T[], at: number): T | undefined {
  return items[at % Math.max(items.length, 1)];
}

function sameContext(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const sorted = (context: Readonly<Record<string, string>>) => JSON.stringify(Object.entries(context).sort());
  return sorted(a) === sorted(b);
}

function text(value: unknown): string {
  return JSON.stringify(value, (_key, each) => (each instanceof Uint8Array ? Buffer.from(each).toString('hex') : each));
}
