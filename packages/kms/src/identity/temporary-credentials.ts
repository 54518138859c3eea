// Temporary credentials: three texts that stand for a session until they expire. They are kept in this process only: a snapshot has none,
// a mark has those of its instant.

import type { Principal } from '@kmsim/authz';
import type { RandomStream } from '@kmsim/world';
import { encodeBase64 } from '../api/base64.ts';
import type { Instant } from '../state/records.ts';
import type { Session } from './session.ts';

/** Whom the credentials stand for. */
export interface Temporary {
  readonly principal: Principal;
  readonly session: Session;
  readonly expiresAt: Instant;
}

export interface TemporaryCredential extends Temporary {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Must come with every request that they sign. */
  readonly sessionToken: string;
}

// One more makes the oldest go.
const keep = 10_000;

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export class TemporaryCredentials {
  readonly #byId: Map<string, TemporaryCredential>;

  /** `before`: those that it goes on with. */
  constructor(before?: TemporaryCredentials) {
    this.#byId = new Map(before === undefined ? [] : before.#byId);
  }

  /** The forms are those of real ones: https://docs.aws.amazon.com/STS/latest/APIReference/API_Credentials.html */
  make(random: RandomStream, temporary: Temporary, now: Instant): TemporaryCredential {
    const id = [...random.draw(16)].map((byte) => letters[byte & 31]).join('');
    const credential = {
      ...temporary,
      accessKeyId: `ASIA${id}`,
      secretAccessKey: encodeBase64(random.draw(30)),
      sessionToken: encodeBase64(random.draw(192)),
    };
    if (this.#byId.size >= keep) this.#makeRoom(now);
    this.#byId.set(credential.accessKeyId, credential);
    return credential;
  }

  get(accessKeyId: string): TemporaryCredential | undefined {
    return this.#byId.get(accessKeyId);
  }

  #makeRoom(now: Instant): void {
    for (const [id, { expiresAt }] of this.#byId) if (expiresAt <= now) this.#byId.delete(id);
    if (this.#byId.size >= keep) this.#byId.delete(this.#byId.keys().next().value as string);
  }
}
