// A small external key store proxy for tests of kms, written from the specification. It answers at once, late, or with whatever a test says.
// https://github.com/aws/aws-kms-xksproxy-api-spec/blob/main/xks_proxy_api_spec.md

import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import type { XksAnswer, XksRequest, XksTransport } from '../../src/key-stores/xks-transport.ts';

type Members = Record<string, unknown>;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const bytesOf = (text: unknown): Buffer => Buffer.from(String(text ?? ''), 'base64');

export class TestProxy {
  readonly endpoint = 'https://xks.example.com';
  readonly path = '/kms/xks/v1';
  readonly requests: XksRequest[] = [];
  /** What is done to an answer of the proxy before it comes back. */
  change: (answer: XksAnswer, request: XksRequest) => XksAnswer = (answer) => answer;
  /** Answers come with a promise, when the test lets them. */
  isLate = false;
  health: readonly string[] = ['ACTIVE', 'ACTIVE'];
  readonly keys = new Map<string, { spec: string; status: string; usage: readonly string[] }>();
  readonly #held: (() => void)[] = [];
  #ivs = 0;

  constructor(...ids: readonly string[]) {
    for (const id of ids) this.keys.set(id, { spec: 'AES_256', status: 'ENABLED', usage: ['ENCRYPT', 'DECRYPT'] });
  }

  readonly transport: XksTransport = (request) => {
    this.requests.push(request);
    const answer = this.change(this.#answer(request), request);
    if (!this.isLate) return answer;
    return new Promise((resolve) => this.#held.push(() => resolve(answer)));
  };

  get waiting(): number {
    return this.#held.length;
  }

  /** Lets the answer through that has waited longest, or the one at a place. */
  async release(at = 0): Promise<void> {
    this.#held.splice(at, 1)[0]?.();
    for (let turn = 0; turn < 12; turn++) await Promise.resolve();
  }

  #answer({ body, path }: XksRequest): XksAnswer {
    const [, id = '', operation] = /\/v1\/(?:keys\/([^/]+)\/)?(\w+)$/.exec(path) ?? [];
    if (operation === 'health') return ok(this.#healthMembers());
    const key = this.keys.get(id);
    if (key === undefined) return error(404, 'KeyNotFoundException');
    if (operation === 'metadata') return ok({ keySpec: key.spec, keyUsage: key.usage, keyStatus: key.status });
    if (key.status !== 'ENABLED') return error(400, 'InvalidStateException');
    const given = JSON.parse(body) as Members;
    return operation === 'encrypt' ? ok(this.#encrypt(id, given)) : decrypt(id, given);
  }

  #healthMembers(): Members {
    const ekmFleetDetails = this.health.map((healthStatus, at) => ({ id: `hsm-${at}`, model: 'm', healthStatus }));
    return { xksProxyFleetSize: 1, xksProxyVendor: 'v', xksProxyModel: 'm', ekmVendor: 'e', ekmFleetDetails };
  }

  #encrypt(id: string, given: Members): Members {
    this.#ivs += 1;
    const iv = createHash('sha256').update(`iv ${this.#ivs}`).digest().subarray(0, 12);
    const metadata = Buffer.from('v=1');
    const cipher = createCipheriv('aes-256-gcm', secretOf(id), iv);
    cipher.setAAD(framed(bytesOf(given['additionalAuthenticatedData']), metadata));
    const ciphertext = Buffer.concat([cipher.update(bytesOf(given['plaintext'])), cipher.final()]);
    const tag = cipher.getAuthTag();
    const aad = bytesOf(given['additionalAuthenticatedData']);
    const value = createHash('sha256')
      .update(Buffer.concat([aad, metadata, iv, ciphertext, tag]))
      .digest();
    return {
      ciphertext: base64(ciphertext),
      initializationVector: base64(iv),
      authenticationTag: base64(tag),
      ciphertextMetadata: base64(metadata),
      ciphertextDataIntegrityValue: base64(value),
    };
  }
}

function decrypt(id: string, given: Members): XksAnswer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', secretOf(id), bytesOf(given['initializationVector']));
    decipher.setAAD(framed(bytesOf(given['additionalAuthenticatedData']), bytesOf(given['ciphertextMetadata'])));
    decipher.setAuthTag(bytesOf(given['authenticationTag']));
    const plaintext = Buffer.concat([decipher.update(bytesOf(given['ciphertext'])), decipher.final()]);
    return ok({ plaintext: base64(plaintext) });
  } catch {
    return error(400, 'InvalidCiphertextException');
  }
}

const secretOf = (id: string): Buffer => createHash('sha256').update(`external key ${id}`).digest();

// "2-byte length of AAD || AAD || 1-byte length of metadata || metadata"
function framed(aad: Buffer, metadata: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from([aad.length >> 8, aad.length & 255]),
    aad,
    Buffer.from([metadata.length]),
    metadata,
  ]);
}

export function ok(members: Members): XksAnswer {
  return { status: 200, body: JSON.stringify(members) };
}

export function error(status: number, errorName: string): XksAnswer {
  return { status, body: JSON.stringify({ errorName, errorMessage: 'never relayed' }) };
}

/** The members of an answer with some of them changed. */
export function changed(answer: XksAnswer, change: (members: Members) => Members): XksAnswer {
  if ('failure' in answer) return answer;
  return { ...answer, body: JSON.stringify(change(JSON.parse(answer.body) as Members)) };
}
