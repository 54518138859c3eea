// A proxy that does not do as it should, for tests of whoever asks it: what can be wrong, and what an answer looks like then.

import { decodeBase64, encodeBase64 } from './base64.ts';
import { errorStatuses, type XksErrorName } from './errors.ts';
import { integrityValue, type SealedParts } from './framing.ts';
import { jsonAnswer, type XksHttpAnswer } from './http.ts';

export type XksMisbehaviour =
  /** Any error of the API, whatever the request. */
  | { readonly kind: 'error'; readonly name: XksErrorName; readonly message?: string }
  /** The right answer, late. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** The connection ends without an answer, or in the middle of one. */
  | { readonly kind: 'down' | 'cut off' }
  /** Anything as an answer: a status, a body, headers such as the location of a redirect. */
  | {
      readonly kind: 'garbage';
      readonly status?: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'redirect'; readonly location: string }
  /** A member of the answer with another length; an integrity value is right for it. */
  | { readonly kind: 'wrong length'; readonly member: string; readonly length: number }
  /** A member of the answer with one bit changed, which an integrity value does not know of. */
  | { readonly kind: 'flipped bit'; readonly member: string }
  /** A member of the answer left out, or with another value. */
  | { readonly kind: 'member'; readonly member: string; readonly value?: unknown }
  /** Works with the key of another id. */
  | { readonly kind: 'other key'; readonly keyId: string }
  /** The answer to the request before, of the same operation. */
  | { readonly kind: 'replay' };

type Kind = XksMisbehaviour['kind'];
type Of<K extends Kind> = Extract<XksMisbehaviour, { readonly kind: K | 'down' | 'cut off' }> & { readonly kind: K };

export interface Honest {
  readonly answer: XksHttpAnswer;
  /** Of the request before, of the same operation. */
  readonly previous: XksHttpAnswer | undefined;
  /** The additional data of the request in base64, which the integrity value is made of, too. */
  readonly aad: string;
}

const effects: { readonly [K in Kind]: (how: Of<K>, honest: Honest) => XksHttpAnswer } = {
  error: ({ message, name }) =>
    jsonAnswer(errorStatuses[name], { errorName: name, ...(message !== undefined && { errorMessage: message }) }),
  slow: ({ milliseconds }, { answer }) => ({ ...answer, delay: milliseconds }),
  down: (_, { answer }) => ({ ...answer, lost: 'reset' }),
  'cut off': (_, { answer }) => ({ ...answer, lost: 'half' }),
  garbage: ({ body = '<html>', headers = { 'content-type': 'text/html' }, status = 200 }) => ({
    status,
    headers,
    body,
  }),
  redirect: ({ location }) => ({ status: 307, headers: { location }, body: '' }),
  'wrong length': ({ length, member }, { aad, answer }) =>
    changed(answer, (members) => {
      const bytes = new Uint8Array(length);
      bytes.set(bytesOf(members[member]).subarray(0, length));
      return resealed({ ...members, [member]: encodeBase64(bytes) }, aad);
    }),
  'flipped bit': ({ member }, { answer }) =>
    changed(answer, (members) => {
      const bytes = Uint8Array.from(bytesOf(members[member]));
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      return { ...members, [member]: encodeBase64(bytes) };
    }),
  member: ({ member, value }, { answer }) => changed(answer, (members) => ({ ...members, [member]: value })),
  // The request was led to the other key before.
  'other key': (_, { answer }) => answer,
  replay: (_, { answer, previous }) => previous ?? answer,
};

export function misbehaved<K extends Kind>(how: Of<K>, honest: Honest): XksHttpAnswer {
  return effects[how.kind](how, honest);
}

type Members = Readonly<Record<string, unknown>>;

/** Errors stay as they are. */
function changed(answer: XksHttpAnswer, change: (members: Members) => Members): XksHttpAnswer {
  return answer.status === 200 ? jsonAnswer(200, change(JSON.parse(answer.body) as Members)) : answer;
}

function resealed(members: Members, aad: string): Members {
  if (members['ciphertextDataIntegrityValue'] === undefined) return members;
  const sealed: SealedParts = {
    metadata: bytesOf(members['ciphertextMetadata']),
    iv: bytesOf(members['initializationVector']),
    ciphertext: bytesOf(members['ciphertext']),
    tag: bytesOf(members['authenticationTag']),
  };
  return { ...members, ciphertextDataIntegrityValue: integrityValue(bytesOf(aad), sealed) };
}

function bytesOf(member: unknown): Uint8Array {
  return (typeof member === 'string' ? decodeBase64(member) : undefined) ?? new Uint8Array(0);
}
