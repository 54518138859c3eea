// The users of a cluster and the rules of their passwords.
// https://docs.aws.amazon.com/cloudhsm/latest/userguide/understanding-users.html

import { type Backend, equalBytes } from '@kmsim/hsm-core';
import { fromHex, hex } from '../encoding.ts';
import { maxBadPasswords, maxUserNameLength, passwordLength } from '../limits.ts';

/** admin is the crypto officer (CO) of older clients, crypto-user the CU, appliance-user the AU. */
export type Role = 'admin' | 'crypto-user' | 'appliance-user';

export interface UserInfo {
  readonly name: string;
  readonly role: Role;
  readonly isLockedOut: boolean;
  /** Whether a public key is registered with which quorum tokens are approved. */
  readonly hasQuorumKey: boolean;
}

/** The password itself is not kept. */
export interface UserRecord {
  readonly name: string;
  readonly role: Role;
  readonly salt: string;
  readonly digest: string;
  readonly badPasswords: number;
  /** SubjectPublicKeyInfo as hexadecimal digits. */
  readonly quorumKey?: string;
}

export type PasswordFault = 'USER_NOT_FOUND' | 'USER_LOCKED_OUT' | 'INVALID_CREDENTIALS';

export function isPassword(text: string): boolean {
  return text.length >= passwordLength.min && text.length <= passwordLength.max;
}

// https://docs.aws.amazon.com/cloudhsm/latest/userguide/cloudhsm_cli-user-create.html (USERNAME)
export function isUserName(text: string): boolean {
  return text.length <= maxUserNameLength && /^[A-Za-z0-9_.@-]+$/.test(text);
}

const keyOf = (role: Role, name: string): string => `${role} ${name}`;

export class Users {
  readonly #backend: Backend;
  readonly #users = new Map<string, UserRecord>();

  constructor(backend: Backend, records: readonly UserRecord[] = []) {
    this.#backend = backend;
    for (const record of records) this.#put(record);
  }

  get size(): number {
    return this.#users.size;
  }

  records(): readonly UserRecord[] {
    return [...this.#users.values()];
  }

  list(): readonly UserInfo[] {
    return this.records().map(({ name, role, badPasswords, quorumKey }) => ({
      name,
      role,
      isLockedOut: badPasswords >= maxBadPasswords,
      hasQuorumKey: quorumKey !== undefined,
    }));
  }

  has(role: Role, name: string): boolean {
    return this.#users.has(keyOf(role, name));
  }

  /** `salt`: bytes of this user alone. */
  create(role: Role, name: string, password: string, salt: Uint8Array): void {
    this.#put({ name, role, salt: hex(salt), digest: this.#digest(salt, password), badPasswords: 0 });
  }

  delete(role: Role, name: string): boolean {
    return this.#users.delete(keyOf(role, name));
  }

  /** Five bad passwords in a row lock a user out; an admin who sets a new one lets him in again. */
  check(role: Role, name: string, password: string): PasswordFault | undefined {
    const user = this.#users.get(keyOf(role, name));
    if (user === undefined) return 'USER_NOT_FOUND';
    if (user.badPasswords >= maxBadPasswords) return 'USER_LOCKED_OUT';
    if (!equalBytes(fromHex(this.#digest(fromHex(user.salt), password)), fromHex(user.digest))) {
      this.#put({ ...user, badPasswords: user.badPasswords + 1 });
      return 'INVALID_CREDENTIALS';
    }
    if (user.badPasswords > 0) this.#put({ ...user, badPasswords: 0 });
    return undefined;
  }

  setPassword(role: Role, name: string, password: string, salt: Uint8Array): void {
    const user = this.#users.get(keyOf(role, name));
    if (user === undefined) return;
    this.#put({ ...user, salt: hex(salt), digest: this.#digest(salt, password), badPasswords: 0 });
  }

  quorumKey(role: Role, name: string): Uint8Array | undefined {
    const key = this.#users.get(keyOf(role, name))?.quorumKey;
    return key === undefined ? undefined : fromHex(key);
  }

  setQuorumKey(role: Role, name: string, spki: Uint8Array): void {
    const user = this.#users.get(keyOf(role, name));
    if (user !== undefined) this.#put({ ...user, quorumKey: hex(spki) });
  }

  #put(user: UserRecord): void {
    this.#users.set(keyOf(user.role, user.name), user);
  }

  #digest(salt: Uint8Array, password: string): string {
    return hex(this.#backend.hmacSha256(salt)(new TextEncoder().encode(password)));
  }
}
