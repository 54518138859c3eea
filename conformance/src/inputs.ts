// Input forms: how a transcript writes values that are only known while it is played.

import { createHash } from 'node:crypto';
import type { Scope } from './scope.ts';
import { type Json, TranscriptError } from './transcript.ts';
import { isRecord, member, same, show } from './values.ts';

type Form = (argument: Json, scope: Scope) => unknown;

/** Hashes by their names in KMS algorithms. */
const hashes: Readonly<Record<string, string>> = {
  SHA_1: 'sha1',
  SHA_224: 'sha224',
  SHA_256: 'sha256',
  SHA_384: 'sha384',
  SHA_512: 'sha512',
};

const forms: Readonly<Record<string, Form>> = {
  $ref: (argument, scope) => scope.resolve(text(argument)),
  $template: (argument, scope) => fill(text(argument), (name) => scope.variable(name)),
  $utf8: (argument, scope) => new Uint8Array(Buffer.from(text(evaluate(argument, scope)), 'utf8')),
  $fill: (argument, scope) => {
    const { byte, length } = record(evaluate(argument, scope));
    return new Uint8Array(number(length)).fill(text(byte).charCodeAt(0));
  },
  $digest: (argument, scope) => {
    const { alg, of } = record(evaluate(argument, scope));
    const hash = hashes[text(alg)];
    if (hash === undefined) throw new TranscriptError(`$digest: no hash ${show(alg)}`);
    return new Uint8Array(createHash(hash).update(bytes(of)).digest());
  },
  $concat: (argument, scope) => new Uint8Array(Buffer.concat(list(evaluate(argument, scope)).map(bytes))),
  $slice: (argument, scope) => {
    const { of, from, to } = record(evaluate(argument, scope));
    return bytes(of).slice(number(from), to === undefined ? undefined : number(to));
  },
  $jsonText: (argument, scope) => JSON.stringify(evaluate(argument, scope)),
  $find: (argument, scope) => {
    const { in: items, where, get } = record(evaluate(argument, scope));
    const wanted = Object.entries(record(where));
    const found = list(items).find((item) => wanted.every(([name, value]) => same(member(item, name), value)));
    if (found === undefined) throw new TranscriptError(`$find: no item with ${show(where)}`);
    return text(get).split('.').reduce(member, found);
  },
};

/** Every input form there is. */
export const inputForms: readonly string[] = Object.keys(forms);

/** The value that a piece of a transcript stands for. */
export function evaluate(value: Json, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item: Json) => evaluate(item, scope));
  if (!isRecord(value)) return value;
  const [name, argument] = soleForm(value) ?? [];
  if (name === undefined) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, evaluate(part as Json, scope)]));
  }
  const form = forms[name];
  if (form === undefined) throw new TranscriptError(`${name} is no input form`);
  return form(argument as Json, scope);
}

/** The `$name` and argument of an object that is a form. */
export function soleForm(value: Record<string, unknown>): [name: string, argument: unknown] | undefined {
  const name = Object.keys(value).find((key) => key.startsWith('$'));
  return name === undefined ? undefined : [name, value[name]];
}

/** Puts a text in the place of every `${name}`. */
export function fill(template: string, variable: (name: string) => string): string {
  return template.replaceAll(/\$\{([^}]*)\}/g, (_, name: string) => variable(name));
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new TranscriptError(`not a text: ${show(value)}`);
  return value;
}

function number(value: unknown): number {
  if (typeof value !== 'number') throw new TranscriptError(`not a number: ${show(value)}`);
  return value;
}

function bytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new TranscriptError(`not bytes: ${show(value)}`);
  return value;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TranscriptError(`not a list: ${show(value)}`);
  return value;
}

function record(value: unknown): Record<string, unknown> {
  if (!isRecord(value)) throw new TranscriptError(`not an object: ${show(value)}`);
  return value;
}
