// Engines broken on purpose, by a wrapper around a target: what a conformance suite is there to notice.

import type { Target, WireReply, WireRequest } from '../../src/target.ts';
import { isRecord } from '../../src/values.ts';

export interface Mutant {
  readonly name: string;
  readonly breaks: <T extends Target>(target: T) => T;
}

type Rewrite = (reply: WireReply, request: WireRequest) => WireReply;

/** Other answers. */
function answers(name: string, rewrite: () => Rewrite): Mutant {
  return {
    name,
    breaks: (target) => {
      const rewritten = rewrite();
      return { ...target, call: async (request) => rewritten(await target.call(request), request) };
    },
  };
}

/** Asks something else than it was asked; `amend` may look at what came back. */
function asks(
  name: string,
  rewrite: (target: Target) => (request: WireRequest) => WireRequest,
  amend: Rewrite = (reply) => reply,
): Mutant {
  return {
    name,
    breaks: (target) => {
      const rewritten = rewrite(target);
      return { ...target, call: async (request) => amend(await target.call(rewritten(request)), request) };
    },
  };
}

function bodyOf({ body }: WireReply): Record<string, unknown> {
  return isRecord(body) ? body : {};
}

function only(
  operation: string,
  change: (body: Record<string, unknown>, request: WireRequest) => Record<string, unknown>,
): () => Rewrite {
  return () => (reply, request) =>
    reply.status === 200 && request.operation === operation
      ? { ...reply, body: change(bodyOf(reply), request) }
      : reply;
}

/** Every text in an answer, changed. */
function retexted(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((part) => retexted(part, change));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([member, part]) => [member, retexted(part, change)]));
}

function without(body: Record<string, unknown>, member: string): Record<string, unknown> {
  const { [member]: _, ...rest } = body;
  return rest;
}

export const mutants: readonly Mutant[] = [
  answers(
    'a message has lost its full stop',
    () => (reply) =>
      reply.status === 400
        ? { ...reply, body: retexted(reply.body, (text) => text.replace(/disabled\.$/, 'disabled')) }
        : reply,
  ),
  answers('an empty message where there is none', () => (reply) => {
    const body = bodyOf(reply);
    const bare = reply.status === 400 && Object.keys(body).length === 1;
    return bare ? { ...reply, body: { ...body, message: '' } } : reply;
  }),
  answers(
    'a field is left out',
    only('Decrypt', (body) => without(body, 'KeyMaterialId')),
  ),
  answers(
    'a field is there that does not belong',
    only('Encrypt', (body) => ({ ...body, KeyMaterialId: '0'.repeat(64) })),
  ),
  answers(
    'a field is null',
    only('DescribeKey', (body) => ({
      KeyMetadata: { ...(body['KeyMetadata'] as object), DeletionDate: null },
    })),
  ),
  answers(
    'the id where the ARN belongs',
    only('Encrypt', (body) => ({
      ...body,
      KeyId: String(body['KeyId']).replace(/^.*\//, ''),
    })),
  ),
  answers(
    'another code for a disabled key',
    () => (reply) =>
      reply.status === 400
        ? {
            ...reply,
            body: retexted(reply.body, (text) => text.replace(/^DisabledException$/, 'KMSInvalidStateException')),
          }
        : reply,
  ),
  answers('HTTP 500 for a refusal', () => (reply) => (reply.status === 400 ? { ...reply, status: 500 } : reply)),
  {
    name: 'the context is ignored',
    breaks: (target) => {
      const contexts = new Map<unknown, unknown>();
      const call = async (request: WireRequest): Promise<WireReply> => {
        const { CiphertextBlob, EncryptionContext } = request.body;
        const known = request.operation === 'Decrypt' && contexts.has(CiphertextBlob);
        const right = { ...request.body, EncryptionContext: contexts.get(CiphertextBlob) };
        const reply = await target.call(known ? { ...request, body: right } : request);
        if (request.operation === 'Encrypt') contexts.set(bodyOf(reply)['CiphertextBlob'], EncryptionContext);
        return reply;
      };
      return { ...target, call };
    },
  },
  {
    name: 'a ciphertext with a byte changed opens',
    breaks: (target) => {
      const blobs: Buffer[] = [];
      const like = (damaged: Buffer) =>
        blobs.find(
          (blob) => blob.length === damaged.length && blob.filter((byte, at) => byte !== damaged[at]).length <= 1,
        );
      const call = async (request: WireRequest): Promise<WireReply> => {
        const { CiphertextBlob } = request.body;
        const whole = request.operation === 'Decrypt' && like(Buffer.from(String(CiphertextBlob), 'base64'));
        const body = whole ? { ...request.body, CiphertextBlob: whole.toString('base64') } : request.body;
        const reply = await target.call({ ...request, body });
        const made = bodyOf(reply)['CiphertextBlob'];
        if (typeof made === 'string') blobs.push(Buffer.from(made, 'base64'));
        return reply;
      };
      return { ...target, call };
    },
  },
  {
    name: 'the state of a key is told before permission is asked for',
    breaks: (target) => ({
      ...target,
      call: async (request) => {
        const reply = await target.call(request);
        const denied = request.operation === 'Encrypt' && bodyOf(reply)['__type'] === 'AccessDeniedException';
        const owner = { operation: 'Encrypt', region: request.region, body: request.body };
        const told = denied ? await target.call(owner) : reply;
        return bodyOf(told)['__type'] === 'DisabledException' ? told : reply;
      },
    }),
  },
  asks(
    'the state of the key is not checked',
    () => (request) => (request.operation === 'DisableKey' ? { ...request, operation: 'DescribeKey' } : request),
    (reply, { operation }) =>
      operation === 'DisableKey' && reply.status === 200 ? { status: 200, body: undefined } : reply,
  ),
  asks('everybody is an administrator', ({ callerArn, principals = [] }) => (request) => {
    const account = (request.as ?? callerArn).split(':')[4];
    const admin = principals.find(({ arn, may }) => may === 'everything' && arn.split(':')[4] === account);
    return admin === undefined ? request : { ...request, as: admin.arn };
  }),
  asks('a dry run is a run', () => (request) => ({ ...request, body: without(request.body, 'DryRun') })),
  answers('the results of two calls are swapped', () => {
    let before: WireReply | undefined;
    return (reply, { operation }) => {
      if (operation !== 'DescribeKey' || reply.status !== 200) return reply;
      const given = before ?? reply;
      before = reply;
      return given;
    };
  }),
  answers(
    'the last entry of a page is missing',
    only('ListKeys', (body) => ({
      ...body,
      Keys: (body['Keys'] as readonly unknown[]).slice(0, -1),
    })),
  ),
  answers(
    'an entry comes twice',
    only('ListAliases', (body) => {
      const aliases = body['Aliases'] as readonly unknown[];
      return { ...body, Aliases: [...aliases, ...aliases.slice(0, 1)] };
    }),
  ),
  answers(
    'the plaintext of a data key is another',
    only('GenerateDataKey', (body) => ({
      ...body,
      Plaintext: retexted(body['Plaintext'], (text) =>
        Buffer.alloc(Buffer.from(text, 'base64').length, 7).toString('base64'),
      ),
    })),
  ),
  {
    name: 'the same ciphertext for the same plaintext',
    breaks: (target) => {
      const made = new Map<string, WireReply>();
      const call = async (request: WireRequest): Promise<WireReply> => {
        const { KeyId, Plaintext } = request.body;
        const question = `${request.operation} ${KeyId} ${Plaintext}`;
        const known = request.operation === 'Encrypt' ? made.get(question) : undefined;
        const reply = await target.call(request);
        if (reply.status !== 200) return reply;
        made.set(question, reply);
        return known ?? reply;
      };
      return { ...target, call };
    },
  },
  {
    name: 'rotations never happen',
    breaks: (target) => ({
      ...target,
      call: async (request) =>
        request.operation === 'EnableKeyRotation'
          ? withStatusOf(
              await target.call({ ...request, operation: 'EnableKey', body: { KeyId: request.body['KeyId'] } }),
            )
          : target.call(request),
    }),
  },
];

function withStatusOf({ status, body }: WireReply): WireReply {
  return status === 200 ? { status, body: undefined } : { status, body };
}
