// Input forms: how a transcript writes values that are only known while it is played.

import { digest } from './client/hashes.ts';
import { ecdh, type Oaep, rsaAesKeyWrap, rsaOaep } from './client/wrap.ts';
import type { Scope } from './scope.ts';
import { type Json, TranscriptError } from './transcript.ts';
import { isRecord, member, same, show } from './values.ts';

type Form = (argument: Json, scope: Scope) => unknown;

const forms: Readonly<Record<string, Form>> = {
  $ref: (argument, scope) => scope.resolve(text(argument)),
  $template: (argument, scope) => fill(text(argument), (name) => scope.variable(name)),
  // As it stands, even where it looks like a form.
  $literal: (argument) => argument,
  $utf8: (argument, scope) => new Uint8Array(Buffer.from(text(evaluate(argument, scope)), 'utf8')),
  $base64: (argument) => fromBase64(text(argument)),
  $fill: (argument, scope) => {
    const { byte, length } = record(evaluate(argument, scope));
    return new Uint8Array(number(length)).fill(text(byte).charCodeAt(0));
  },
  $digest: (argument, scope) => {
    const { alg, of } = record(evaluate(argument, scope));
    return digest(alg, bytes(of));
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
  $rsaOaepWrap: (argument, scope) => {
    const { material, ...oaep } = record(evaluate(argument, scope));
    return rsaOaep(oaepOf(oaep), bytes(material));
  },
  $rsaAesKeyWrap: (argument, scope) => {
    const { material, oaepHash, aesKeyBytes, ...oaep } = record(evaluate(argument, scope));
    const aesKey = scope.bytes('the AES key of $rsaAesKeyWrap', number(aesKeyBytes));
    return rsaAesKeyWrap(oaepOf({ ...oaep, hash: oaepHash }), aesKey, bytes(material));
  },
  $ecdh: (argument, scope) => {
    const { privateKey, publicKey } = record(evaluate(argument, scope));
    return ecdh(bytes(privateKey), bytes(publicKey));
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

/** How a wrapped value or a ciphertext made outside KMS is to be encrypted. */
export function oaepOf(value: unknown): Oaep {
  const { hash, label, mgf1Hash, publicKey } = record(value);
  return { hash, publicKey: bytes(publicKey), ...(mgf1Hash !== undefined && { mgf1Hash }), label };
}

export function text(value: unknown): string {
  if (typeof value !== 'string') throw new TranscriptError(`not a text: ${show(value)}`);
  return value;
}

export function bytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new TranscriptError(`not bytes: ${show(value)}`);
  return value;
}

export function record(value: unknown): Record<string, unknown> {
  if (!isRecord(value)) throw new TranscriptError(`not an object: ${show(value)}`);
  return value;
}

function number(value: unknown): number {
  if (typeof value !== 'number') throw new TranscriptError(`not a number: ${show(value)}`);
  return value;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TranscriptError(`not a list: ${show(value)}`);
  return value;
}

function fromBase64(encoded: string): Uint8Array {
  const decoded = Buffer.from(encoded, 'base64');
  if (decoded.toString('base64') !== encoded) throw new TranscriptError(`$base64: ${show(encoded)} is no base64`);
  return new Uint8Array(decoded);
}
