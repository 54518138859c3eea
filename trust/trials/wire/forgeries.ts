// Ways to forge a request. Each must be refused: whatever is changed was signed, or is how the signature is read.

import type { Dice } from './dice.ts';
import { type Draft, expired, now, other, owner, temporary, valid } from './forgery.ts';
import type { Writing } from './harmless.ts';
import { basicForm, type Header, headerOf, type Parts, sha256, signed, withHeader } from './request.ts';

const second = 1000;
const printable = (dice: Dice): string => String.fromCharCode(0x21 + dice.below(0x5e));

/** The Authorization header with something done to it. */
function reauthorized(change: (value: string, dice: Dice) => string): Writing {
  return (draft, dice) => {
    const parts = valid(draft);
    return withHeader(parts, 'Authorization', change(headerOf(parts, 'authorization'), dice));
  };
}

const changedPart = (name: string, change: (value: string, dice: Dice) => string): Writing =>
  reauthorized((value, dice) =>
    value.replace(new RegExp(`${name}=([^,]*)`), (_, part: string) => `${name}=${change(part, dice)}`),
  );

const scopePart = (at: number, values: readonly string[]): Writing =>
  changedPart('Credential', (credential, dice) => {
    const parts = credential.split('/');
    parts[at] = dice.pick(values.filter((value) => value !== parts[at]));
    return parts.join('/');
  });

const resigned =
  (change: (draft: Draft, dice: Dice) => Draft): Writing =>
  (draft, dice) =>
    valid(change(draft, dice));
const timed = (seconds: number): Writing =>
  resigned((draft) => ({ ...draft, signing: { at: now + seconds * second } }));
const unsignedHeader = (name: string): Writing =>
  resigned((draft) => ({ ...draft, signing: { at: now, without: [name] } }));

/** A header twice: the second with the same value or another, before or behind. */
const doubled =
  (name: string, values: readonly string[]): Writing =>
  (draft, dice) => {
    const parts = valid(draft);
    const again: Header = [name, dice.pick([...values, headerOf(parts, name.toLowerCase())])];
    return { ...parts, headers: dice.chance(50) ? [again, ...parts.headers] : [...parts.headers, again] };
  };

/** One byte somewhere: changed, taken away, or there twice. */
const oneByte: Writing = (draft, dice) => {
  const parts = valid(draft);
  const at = dice.below(parts.headers.length + 2);
  const change = (text: string): string => {
    const where = dice.below(text.length);
    // Blanks may be folded: that is harmless, and tried among what is.
    if (text[where] === ' ') return `${text.slice(0, where)}_${text.slice(where + 1)}`;
    const way = dice.below(3);
    if (way === 0) return text.slice(0, where) + text.slice(where + 1);
    if (way === 1) return text.slice(0, where + 1) + text.slice(where);
    const before = text[where];
    const one = printable(dice);
    return text.slice(0, where) + (one === before ? '~' : one) + text.slice(where + 1);
  };
  if (at === parts.headers.length) return { ...parts, path: change(parts.path) };
  if (at > parts.headers.length) return { ...parts, body: Buffer.from(change(Buffer.from(parts.body).toString())) };
  const [name, value] = parts.headers[at] as Header;
  return withHeader(parts, name, change(value));
};

const query = (draft: Draft): string => {
  const parts = valid(draft);
  const [, credential = '', signature = ''] =
    /Credential=([^,]*),.*Signature=(.*)$/.exec(headerOf(parts, 'authorization')) ?? [];
  const date = headerOf(parts, 'x-amz-date');
  return `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent(credential)}&X-Amz-Date=${date}&X-Amz-SignedHeaders=host&X-Amz-Signature=${signature}`;
};

const anotherBody = Buffer.from('{"NumberOfBytes":1024}');

export const forgeries: Readonly<Record<string, Writing>> = {
  'one byte': oneByte,
  'one byte of the signature': changedPart('Signature', (hex, dice) => {
    const at = dice.below(hex.length);
    const digit = ((Number.parseInt(hex[at] ?? '0', 16) + 1 + dice.below(15)) % 16).toString(16);
    return hex.slice(0, at) + digit + hex.slice(at + 1);
  }),
  'one byte of the body': (draft, dice) => {
    const parts = valid(draft);
    const body = Uint8Array.from(parts.body);
    const at = dice.below(body.length);
    body[at] = (body[at] ?? 0) ^ (1 << dice.below(8));
    return { ...parts, body };
  },
  'signature cut short': changedPart('Signature', (hex, dice) => hex.slice(0, dice.below(hex.length))),
  'signature longer': changedPart('Signature', (hex, dice) => hex + dice.pick(['0', '00', hex, '=', '%00', '\u00e9'])),
  'signature in capitals': changedPart('Signature', (hex) => (/[a-f]/.test(hex) ? hex.toUpperCase() : `${hex}A`)),
  'signature of zeros': changedPart('Signature', (hex) => '0'.repeat(hex.length)),
  'signature of another request': changedPart('Signature', (_, dice) => {
    const another = valid({
      parts: { method: 'POST', path: '/', headers: [['Host', 'x']], body: dice.bytes(4) },
      signer: owner,
      signing: { at: now },
    });
    return headerOf(another, 'authorization').slice(-64);
  }),
  'signature twice': reauthorized((value) => `${value}, Signature=${'0'.repeat(64)}`),
  'credential twice': reauthorized(
    (value) => `${value}, Credential=${other.accessKeyId}/20260115/us-east-1/kms/aws4_request`,
  ),
  'another algorithm': reauthorized((value, dice) =>
    value.replace(
      'AWS4-HMAC-SHA256',
      dice.pick([
        'AWS4-HMAC-SHA512',
        'AWS4-ECDSA-P256-SHA256',
        'AWS4-HMAC-SHA1',
        'AWS4-',
        'aws4-hmac-sha256',
        'AWS3-HMAC-SHA256',
        'Basic',
        'Bearer',
      ]),
    ),
  ),
  'no Authorization': (draft, dice) =>
    withHeader(valid(draft), 'Authorization', dice.pick([undefined, '', 'AWS4-HMAC-SHA256'])),
  'key of another': changedPart('Credential', (credential) => credential.replace(/^[^/]*/, other.accessKeyId)),
  'key of nobody': changedPart('Credential', (credential, dice) =>
    credential.replace(/^[^/]*/, dice.pick(['AKIANOBODY', '__proto__', 'constructor', '', 'akiaowner'])),
  ),
  'secret of another': resigned((draft) => ({
    ...draft,
    signer: { ...draft.signer, secretAccessKey: other.secretAccessKey },
  })),
  'empty secret of nobody': resigned((draft) => ({
    ...draft,
    signer: { accessKeyId: 'AKIANOBODY', secretAccessKey: '' },
  })),
  'day of the scope': scopePart(1, ['20260114', '20260116', '20250115', '2026011', '']),
  'Region of the scope': scopePart(2, ['us-east-2', 'eu-west-1', 'US-EAST-1', '', '*']),
  'service of the scope': scopePart(3, ['s3', 'sts', 'KMS', '', 'kms2']),
  'end of the scope': scopePart(4, ['aws4_reques', 'AWS4_REQUEST', '', 'aws4_request/x']),
  'signed for another service': resigned((draft, dice) => ({
    ...draft,
    signing: { at: now, service: dice.pick(['s3', 'sts', 'iam']) },
  })),
  'signed for another day': resigned((draft, dice) => ({
    ...draft,
    signing: { at: now, day: dice.pick(['20260114', '20260116']) },
  })),
  'signed with another end': resigned((draft) => ({ ...draft, signing: { at: now, terminator: 'aws4_other' } })),
  'signed for no Region': resigned((draft, dice) => ({
    ...draft,
    signing: { at: now, region: dice.pick(['', '*', '__proto__', 'nowhere', 'us-east-1 ']) },
  })),
  'late by 5:01': timed(-301),
  'early by 5:01': timed(301),
  'late by 15:01': timed(-901),
  'early by 15:01': timed(901),
  'late by days': timed(-86_400 * 3),
  'date of another form': resigned((draft, dice) => ({
    ...draft,
    parts: withHeader(
      draft.parts,
      'X-Amz-Date',
      dice.pick([new Date(now).toISOString(), String(now), '20260115T120030', '20260115 120030Z', '20260115T126130Z']),
    ),
  })),
  'date moved': (draft, dice) =>
    withHeader(valid(draft), 'X-Amz-Date', basicForm(now + second * (1 + dice.below(299)))),
  'token of one that is over': resigned((draft) => ({ ...draft, signer: expired })),
  'token of another': resigned((draft) => ({
    ...draft,
    signer: { ...temporary, sessionToken: expired.sessionToken ?? '' },
  })),
  'token cut short': resigned((draft, dice) => ({
    ...draft,
    signer: { ...temporary, sessionToken: (temporary.sessionToken ?? '').slice(0, 1 + dice.below(40)) },
  })),
  'no token': resigned((draft) => ({
    ...draft,
    signer: { accessKeyId: temporary.accessKeyId, secretAccessKey: temporary.secretAccessKey },
  })),
  'token for a key that has none': resigned((draft) => ({ ...draft, signer: { ...owner, sessionToken: 'something' } })),
  'token not signed': resigned((draft) => ({
    ...draft,
    signer: temporary,
    signing: { at: now, without: ['x-amz-security-token'] },
  })),
  'host not signed': unsignedHeader('host'),
  'date not signed': unsignedHeader('x-amz-date'),
  'target not signed': unsignedHeader('x-amz-target'),
  'a name of the list taken away': changedPart('SignedHeaders', (list, dice) =>
    list
      .split(';')
      .filter((name) => name !== dice.pick(['host', 'x-amz-date', 'x-amz-target']))
      .slice(1)
      .join(';'),
  ),
  'a name of the list added': changedPart('SignedHeaders', (list, dice) =>
    dice.pick([`${list};x-none`, `${list};`, `;${list}`, `a;${list}`, list.replace(';', ';;')]),
  ),
  'list in another order': changedPart('SignedHeaders', (list) => list.split(';').reverse().join(';')),
  'list in capitals': changedPart('SignedHeaders', (list) => list.toUpperCase()),
  'list with a name twice': changedPart('SignedHeaders', (list) => list.replace('host', 'host;host')),
  'two targets': doubled('X-Amz-Target', ['TrentService.ListKeys']),
  'two dates': doubled('X-Amz-Date', [basicForm(now)]),
  'two hosts': doubled('Host', ['127.0.0.1']),
  'two tokens': (draft, dice) => doubled('X-Amz-Security-Token', ['x'])({ ...draft, signer: temporary }, dice),
  'two Authorizations': doubled('Authorization', [
    'AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=0',
  ]),
  'two types': doubled('Content-Type', ['application/x-amz-json-1.1']),
  'a header that was signed is gone': (draft, dice) =>
    withHeader(valid(draft), dice.pick(['Host', 'Content-Type', 'X-Amz-Date', 'X-Amz-Target']), undefined),
  'another target': (draft, dice) =>
    withHeader(
      valid(draft),
      'X-Amz-Target',
      dice.pick(['TrentService.ListKeys', 'TrentService.CreateKey', 'TrentService.generateRandom']),
    ),
  'another body': (draft) => ({ ...valid(draft), body: anotherBody }),
  'another body with its own hash': (draft) =>
    withHeader({ ...valid(draft), body: anotherBody }, 'X-Amz-Content-Sha256', sha256(anotherBody)),
  'no body': (draft) => ({ ...valid(draft), body: new Uint8Array() }),
  'a wrong hash, signed': resigned((draft, dice) => ({
    ...draft,
    parts: withHeader(
      draft.parts,
      'X-Amz-Content-Sha256',
      dice.pick(['UNSIGNED-PAYLOAD', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD', sha256(''), 'x']),
    ),
  })),
  'hash not signed': (draft) =>
    signed(withHeader(draft.parts, 'X-Amz-Content-Sha256', sha256(draft.parts.body)), draft.signer, {
      at: now,
      without: ['x-amz-content-sha256'],
    }),
  'another method': resigned((draft, dice) => ({
    ...draft,
    parts: { ...draft.parts, method: dice.pick(['PUT', 'PATCH', 'DELETE', 'OPTIONS']) },
  })),
  'another path': resigned((draft, dice) => ({
    ...draft,
    parts: { ...draft.parts, path: dice.pick(['//', '/.', '/./', '/%2F', '/?', '/?a=b', '/kms', '*']) },
  })),
  'signature in the query': (draft) => ({
    ...withHeader(valid(draft), 'Authorization', undefined),
    path: `/?${query(draft)}`,
  }),
  'signature in both': (draft) => ({ ...valid(draft), path: `/?${query(draft)}` }),
  'a folded header': (draft) => withHeader(valid(draft), 'X-Amz-Target', 'TrentService.\r\n GenerateRandom'),
  'a body behind the chunks': (draft): Parts => ({
    ...withHeader(valid(draft), 'Transfer-Encoding', 'chunked'),
    body: Buffer.concat([
      Buffer.from(`${anotherBody.length.toString(16)}\r\n`),
      anotherBody,
      Buffer.from('\r\n0\r\n\r\n'),
    ]),
  }),
};
