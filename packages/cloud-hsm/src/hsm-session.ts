// The session of a crypto user as KMS uses it: AES keys that never leave, by their id.

import { type ClusterCore, isVisibleTo } from './core.ts';
import type { HsmOperation, SessionFault } from './faults.ts';
import { aesKeyAttributes } from './keys/aes-key.ts';
import type { StoredKey } from './keys/stored-key.ts';
import type { Login } from './users/sessions.ts';
import { isPassword } from './users/users.ts';

export interface GcmMessage {
  /** 12 bytes that nobody used before with this key. */
  readonly iv: Uint8Array;
  readonly aad: Uint8Array;
}

const ivLength = 12;
const tagLength = 16;

function requireIv(iv: Uint8Array): void {
  if (iv.length !== ivLength) throw new RangeError(`AES-GCM takes an IV of ${ivLength} bytes here.`);
}

/** Every operation works on whichever active HSM has the key. */
export class HsmSession {
  readonly user: string;
  readonly client: string;
  readonly #core: ClusterCore;
  readonly #login: Login;

  constructor(core: ClusterCore, login: Login) {
    this.user = login.user;
    this.client = login.client;
    this.#core = core;
    this.#login = login;
  }

  get isOpen(): boolean {
    return this.#login.isOpen;
  }

  /** The user's own password. Sessions that are open stay open. */
  changePassword(next: string): SessionFault | 'INVALID_PASSWORD' | undefined {
    const core = this.#core;
    const fault = core.faultOfClient(this.#login) ?? this.#lossDuring('changePassword');
    if (fault !== undefined) return fault;
    if (!isPassword(next)) return 'INVALID_PASSWORD';
    core.users.setPassword('crypto-user', this.user, next, core.derive('salt'));
    return undefined;
  }

  /** A 256-bit AES key that cannot be exported. `random`: its 32 bytes, which are copied. */
  generateAesKey(options: {
    readonly label: string;
    readonly random: Uint8Array;
  }): { readonly handle: number; readonly id: string } | SessionFault | 'TOO_MANY_KEYS' {
    const core = this.#core;
    const fault = core.faultOfClient(this.#login) ?? this.#lossDuring('createKey');
    if (fault !== undefined) return fault;
    if (options.random.length !== 32) throw new RangeError('A 256-bit key takes 32 random bytes.');
    if (!core.hasRoomFor(1)) return 'TOO_MANY_KEYS';
    const [hsm] = core.fleet.active;
    if (hsm === undefined) return 'NO_HSM';
    const { handle, id } = core.store(this.user, aesKeyAttributes(options.label), options.random, hsm);
    return { handle, id };
  }

  /** The handle of a key that is on an active HSM. */
  findKey(id: string): number | undefined {
    return this.#core.faultOfClient(this.#login) === undefined ? this.#find(id)?.handle : undefined;
  }

  destroyKey(id: string): 'SUCCESS' | 'NOT_FOUND' | SessionFault {
    const core = this.#core;
    const fault = core.faultOfClient(this.#login);
    if (fault !== undefined) return fault;
    const key = this.#find(id);
    if (key?.owner !== this.user) return 'NOT_FOUND';
    const loss = this.#lossDuring('destroyKey', id);
    if (loss !== undefined) return loss;
    core.fleet.remove(id);
    return 'SUCCESS';
  }

  /** AES-256-GCM: ciphertext and tag. */
  encryptGcm(
    id: string,
    { iv, aad, plaintext }: GcmMessage & { readonly plaintext: Uint8Array },
  ): Uint8Array | SessionFault | 'KEY_NOT_FOUND' {
    const core = this.#core;
    const fault = core.faultOfClient(this.#login);
    if (fault !== undefined) return fault;
    const key = this.#find(id);
    if (!key?.attributes.CKA_ENCRYPT) return 'KEY_NOT_FOUND';
    if (core.losses.length > 0 && this.#lossDuring('encrypt', id) !== undefined) return 'HSM_LOST';
    requireIv(iv);
    const sealed = new Uint8Array(plaintext.length + tagLength);
    core.backend.gcmSeal(key.secret.bytes(), iv, aad, plaintext, sealed, 0);
    return sealed;
  }

  /** `ciphertext`: with the tag behind it. INVALID: not what was encrypted under this key, IV and additional data. */
  decryptGcm(
    id: string,
    { iv, aad, ciphertext }: GcmMessage & { readonly ciphertext: Uint8Array },
  ): Uint8Array | 'INVALID' | SessionFault | 'KEY_NOT_FOUND' {
    const core = this.#core;
    const fault = core.faultOfClient(this.#login);
    if (fault !== undefined) return fault;
    const key = this.#find(id);
    if (!key?.attributes.CKA_DECRYPT) return 'KEY_NOT_FOUND';
    if (core.losses.length > 0 && this.#lossDuring('decrypt', id) !== undefined) return 'HSM_LOST';
    requireIv(iv);
    if (ciphertext.length < tagLength) return 'INVALID';
    const opened = core.backend.gcmOpen(key.secret.bytes(), iv, aad, ciphertext);
    if (opened === undefined) return 'INVALID';
    // A backend may give a Buffer, which is a view of memory that others share.
    const plaintext = new Uint8Array(opened.length);
    plaintext.set(opened);
    opened.fill(0);
    return plaintext;
  }

  /** Lets another crypto user use the key, or no more. It stays its owner's. */
  shareKey(id: string, user: string, isShared = true): 'SUCCESS' | 'NOT_FOUND' | 'USER_NOT_FOUND' | SessionFault {
    const { fleet, users } = this.#core;
    const fault = this.#core.faultOfClient(this.#login);
    if (fault !== undefined) return fault;
    const key = this.#find(id);
    if (key?.owner !== this.user) return 'NOT_FOUND';
    if (!users.has('crypto-user', user)) return 'USER_NOT_FOUND';
    const others = [...key.sharedWith].filter((name) => name !== user);
    fleet.put({ ...key, sharedWith: new Set(isShared ? [...others, user] : others) });
    return 'SUCCESS';
  }

  logout(): void {
    this.#core.sessions.close(this.#login);
  }

  #find(id: string): StoredKey | undefined {
    const key = this.#core.fleet.find(id);
    return key !== undefined && isVisibleTo(key, this.user) ? key : undefined;
  }

  /** Whether the HSM that works on it is lost: the one with the key, or the first. */
  #lossDuring(operation: HsmOperation, id?: string): 'HSM_LOST' | undefined {
    const { fleet } = this.#core;
    const hsm = id === undefined ? fleet.active[0] : fleet.holderOf(id);
    return hsm !== undefined && this.#core.isLostDuring(operation, hsm) ? 'HSM_LOST' : undefined;
  }
}
