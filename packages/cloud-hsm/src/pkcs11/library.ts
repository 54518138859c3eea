// The library of one application: it has a slot, opens sessions and knows who is logged in. All its sessions share the login.
// https://docs.aws.amazon.com/cloudhsm/latest/userguide/pkcs11-library.html

import { type CloudHsmCluster, coreOf } from '../cluster.ts';
import { logIn } from '../users/log-in.ts';
import { isPassword } from '../users/users.ts';
import { Application } from './application.ts';
import { codeOfLogin, type Failure, type ReturnCode } from './return-codes.ts';
import { Pkcs11Session, type SessionObjects } from './session.ts';
import { type Draw, Toolbox } from './toolbox.ts';

export interface Pkcs11Options {
  /** The name of the application; 1,024 sessions of one name are open at most. */
  readonly client: string;
  /** The next random bytes: keys, IVs, salts and seeds are made of them. */
  readonly random: Draw;
  /** Whether a token key has to be on two HSMs before it is used, which is so unless one says otherwise. */
  readonly keyAvailabilityCheck?: boolean;
}

export interface SlotInfo {
  readonly id: number;
  readonly tokenLabel: string;
  /** Whether an HSM can be reached. */
  readonly isTokenPresent: boolean;
}

const slotId = 1;

export class Pkcs11Library {
  readonly #application: Application;
  readonly #sessions = new Map<Pkcs11Session, SessionObjects>();

  /** For `loadPkcs11`. */
  constructor(application: Application) {
    this.#application = application;
  }

  /** C_GetSlotList and C_GetSlotInfo: there is one slot, the cluster. */
  get slots(): readonly SlotInfo[] {
    const { network, fleet } = this.#application.core;
    return [{ id: slotId, tokenLabel: 'hsm1', isTokenPresent: network.isReachable && fleet.active.length > 0 }];
  }

  /** C_OpenSession. Sessions that only read are not offered: CKR_FUNCTION_FAILED. */
  openSession(
    slot: number = slotId,
    { isReadWrite = true }: { readonly isReadWrite?: boolean } = {},
  ): Pkcs11Session | Failure {
    const { core, client } = this.#application;
    if (slot !== slotId) return 'CKR_SLOT_ID_INVALID';
    if (!isReadWrite) return 'CKR_FUNCTION_FAILED';
    if (!core.network.isReachable) return 'CKR_DEVICE_ERROR';
    if (core.fleet.active.length === 0) return 'CKR_DEVICE_REMOVED';
    if (core.sessions.countOf(client) >= core.sessionsOfClient) return 'CKR_SESSION_COUNT';
    core.sessions.count(client, 1);
    const objects: SessionObjects = new Set();
    const library = {
      login: (userType: string, pin: string) => this.#login(userType, pin),
      logout: () => this.#logout(),
      close: (one: Pkcs11Session) => this.#close(one),
    };
    const session = new Pkcs11Session(this.#application, library, objects);
    this.#sessions.set(session, objects);
    return session;
  }

  /** C_CloseAllSessions. Nobody is logged in then. */
  closeAllSessions(): void {
    for (const session of [...this.#sessions.keys()]) session.close();
  }

  #login(userType: string, pin: string): ReturnCode {
    const application = this.#application;
    if (userType !== 'CKU_USER') return 'CKR_USER_TYPE_INVALID';
    if (application.login?.isOpen) return 'CKR_USER_ALREADY_LOGGED_IN';
    // https://docs.aws.amazon.com/cloudhsm/latest/userguide/pkcs11-pin.html: user name, colon, password.
    const [, user, password] = /^([^:]+):(.*)$/s.exec(pin) ?? [];
    if (user === undefined || password === undefined) return 'CKR_PIN_INVALID';
    if (!isPassword(password)) return 'CKR_PIN_LEN_RANGE';
    const { client, core } = application;
    const login = logIn(core, { role: 'crypto-user', user, password, client });
    if (typeof login === 'string') return codeOfLogin[login];
    application.login = login;
    return 'CKR_OK';
  }

  #logout(): ReturnCode {
    const application = this.#application;
    if (!application.login?.isOpen) return 'CKR_USER_NOT_LOGGED_IN';
    // Section 5.6 of the base specification: with the user go the private objects of all sessions.
    for (const objects of this.#sessions.values()) this.#drop(objects);
    application.core.sessions.close(application.login);
    application.login = undefined;
    return 'CKR_OK';
  }

  #drop(objects: SessionObjects): void {
    for (const id of objects) this.#application.core.fleet.remove(id);
    objects.clear();
  }

  #close(session: Pkcs11Session): void {
    const objects = this.#sessions.get(session);
    if (objects === undefined) return;
    this.#drop(objects);
    this.#sessions.delete(session);
    this.#application.core.sessions.count(this.#application.client, -1);
    // The last session takes the login along.
    if (this.#sessions.size === 0) this.#logout();
  }
}

/** The library over a cluster. What it needs of primitives loads here; everything after that is synchronous. */
export async function loadPkcs11(cluster: CloudHsmCluster, options: Pkcs11Options): Promise<Pkcs11Library> {
  const core = coreOf(cluster);
  const { rsa, ec } = await core.backend.primitives();
  const tools = new Toolbox(core.backend, rsa, await ec(), options.random);
  const { client, keyAvailabilityCheck = true } = options;
  return new Pkcs11Library(new Application(core, tools, client, keyAvailabilityCheck));
}
