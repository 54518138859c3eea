// The session of an admin: users, their passwords, and the quorum that has to agree.
// https://docs.aws.amazon.com/cloudhsm/latest/userguide/cloudhsm_cli-user.html

import { fromPem } from '../certificates/pem.ts';
import type { ClusterCore } from '../core.ts';
import type { SessionFault } from '../faults.ts';
import { limitsOf } from '../limits.ts';
import {
  type Approval,
  isApprovedBy,
  type QuorumFault,
  type QuorumService,
  type QuorumToken,
  quorumRange,
  tokenLifetime,
} from './quorum.ts';
import type { Login } from './sessions.ts';
import { isPassword, isUserName, type Role, type UserInfo } from './users.ts';

export type AdminFault =
  | SessionFault
  | QuorumFault
  | 'USER_EXISTS'
  | 'USER_NOT_FOUND'
  | 'USER_LOGGED_IN'
  | 'INVALID_USER_NAME'
  | 'INVALID_PASSWORD'
  | 'INVALID_VALUE'
  | 'LAST_ADMIN'
  | 'LIMIT_EXCEEDED';

/** Roles that admins give; the appliance user is there from the start. */
export type GivenRole = Exclude<Role, 'appliance-user'>;

export class AdminSession {
  readonly user: string;
  readonly #core: ClusterCore;
  readonly #login: Login;

  constructor(core: ClusterCore, login: Login) {
    this.user = login.user;
    this.#core = core;
    this.#login = login;
  }

  get isOpen(): boolean {
    return this.#login.isOpen;
  }

  get users(): readonly UserInfo[] {
    return this.#core.users.list();
  }

  createUser(role: GivenRole, name: string, password: string, approval?: Approval): AdminFault | undefined {
    return this.#withQuorum('user', approval, () => {
      const { users, hsmType } = this.#core;
      if (!isUserName(name)) return 'INVALID_USER_NAME';
      if (!isPassword(password)) return 'INVALID_PASSWORD';
      if (users.has(role, name)) return 'USER_EXISTS';
      if (users.size >= limitsOf[hsmType].users) return 'LIMIT_EXCEEDED';
      users.create(role, name, password, this.#core.derive('salt'));
      return undefined;
    });
  }

  /** The keys that a crypto user owned go with him. Who is logged in stays. */
  deleteUser(role: GivenRole, name: string, approval?: Approval): AdminFault | undefined {
    return this.#withQuorum('user', approval, () => {
      const { users, sessions, fleet } = this.#core;
      if (!users.has(role, name)) return 'USER_NOT_FOUND';
      if (sessions.isLoggedIn(role, name)) return 'USER_LOGGED_IN';
      if (role === 'admin' && users.list().filter((user) => user.role === 'admin').length === 1) return 'LAST_ADMIN';
      users.delete(role, name);
      if (role === 'crypto-user') {
        for (const key of [...fleet.keys()]) if (key.owner === name) fleet.remove(key.id);
      }
      return undefined;
    });
  }

  /** Somebody's new password lets him in again who was locked out. One's own takes no quorum. */
  changePassword(role: GivenRole, name: string, password: string, approval?: Approval): AdminFault | undefined {
    const change = (): AdminFault | undefined => {
      const { users } = this.#core;
      if (!users.has(role, name)) return 'USER_NOT_FOUND';
      if (!isPassword(password)) return 'INVALID_PASSWORD';
      users.setPassword(role, name, password, this.#core.derive('salt'));
      return undefined;
    };
    const isOwn = role === 'admin' && name === this.user;
    return isOwn ? (this.#core.faultOf(this.#login) ?? change()) : this.#withQuorum('user', approval, change);
  }

  /** A token to be signed. `random`: 16 bytes or more that nobody knows before. */
  generateToken(service: QuorumToken['service'], random: Uint8Array): QuorumToken | SessionFault {
    const core = this.#core;
    const fault = core.faultOf(this.#login);
    if (fault !== undefined) return fault;
    if (random.length < 16) throw new RangeError('A token takes 16 random bytes.');
    const label = new TextEncoder().encode(`kmsim quorum ${service} ${this.user} `);
    const approvalData = new Uint8Array(label.length + random.length);
    approvalData.set(label);
    approvalData.set(random, label.length);
    const token = { service, approvalData, token: core.digest(approvalData), expiresAt: core.now + tokenLifetime };
    core.quorum.issue(this.#login, token);
    return token;
  }

  /** Registers one's own public key, with a token for registration that the private key signed. `publicKey`: PEM, RSA-2048. */
  registerQuorumKey(publicKey: string, token: Uint8Array, signature: Uint8Array): AdminFault | undefined {
    const core = this.#core;
    const fault = core.faultOf(this.#login);
    if (fault !== undefined) return fault;
    const issued = core.quorum.tokenOf(this.#login, 'registration', token);
    if (issued === undefined) return 'QUORUM_FAILED';
    if (issued.expiresAt <= core.now) return 'TOKEN_EXPIRED';
    const spki = fromPem('PUBLIC KEY', publicKey);
    if (spki === undefined || !isApprovedBy(spki, token, signature)) return 'QUORUM_FAILED';
    core.users.setQuorumKey('admin', this.user, spki);
    core.quorum.consume(issued);
    return undefined;
  }

  get quorumValues(): Readonly<Record<QuorumService, number>> {
    return this.#core.quorum.values;
  }

  /** From two to eight, and not more than there are admins. */
  setQuorumValue(service: QuorumService, value: number, approval?: Approval): AdminFault | undefined {
    return this.#withQuorum('quorum', approval, () => {
      const admins = this.users.filter(({ role }) => role === 'admin').length;
      const isInRange = Number.isInteger(value) && value >= quorumRange.min && value <= quorumRange.max;
      if (!isInRange || value > admins) return 'INVALID_VALUE';
      this.#core.quorum.set(service, value);
      return undefined;
    });
  }

  /** Marks a key as trusted, or no more: keys with CKA_WRAP_WITH_TRUSTED are wrapped under such keys alone. */
  setTrusted(handle: number, isTrusted: boolean): SessionFault | 'KEY_NOT_FOUND' | undefined {
    const { fleet } = this.#core;
    const fault = this.#core.faultOf(this.#login);
    if (fault !== undefined) return fault;
    const key = fleet.findByHandle(handle);
    if (key === undefined) return 'KEY_NOT_FOUND';
    fleet.put({ ...key, attributes: { ...key.attributes, CKA_TRUSTED: isTrusted } });
    return undefined;
  }

  logout(): void {
    this.#core.sessions.close(this.#login);
  }

  /** A token is good for one operation, and used up when that succeeds. */
  #withQuorum(
    service: QuorumService,
    approval: Approval | undefined,
    act: () => AdminFault | undefined,
  ): AdminFault | undefined {
    const { quorum, users, now } = this.#core;
    const fault = this.#core.faultOf(this.#login);
    if (fault !== undefined) return fault;
    const token = quorum.approve(service, this.#login, approval, users, now);
    if (typeof token === 'string') return token;
    const outcome = act();
    if (outcome === undefined && token !== undefined) quorum.consume(token);
    return outcome;
  }
}
