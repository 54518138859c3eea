// One application with the library in it: its login, and the objects that all its sessions work on.

import { type ClusterCore, isVisibleTo } from '../core.ts';
import type { HsmOperation } from '../faults.ts';
import type { Attributes } from '../keys/attributes.ts';
import type { StoredKey } from '../keys/stored-key.ts';
import type { Login } from '../users/sessions.ts';
import type { NewObject } from './objects.ts';
import { codeOfFault, type Failure } from './return-codes.ts';
import type { Toolbox } from './toolbox.ts';

/** Key availability quorum: https://docs.aws.amazon.com/cloudhsm/latest/userguide/working-client-sync.html */
const copiesNeeded = 2;

/** In this package only. */
export class Application {
  readonly core: ClusterCore;
  readonly tools: Toolbox;
  readonly client: string;
  readonly #needsCopies: boolean;
  login: Login | undefined;

  constructor(core: ClusterCore, tools: Toolbox, client: string, needsCopies: boolean) {
    this.core = core;
    this.tools = tools;
    this.client = client;
    this.#needsCopies = needsCopies;
  }

  /** What keeps the application from being served. */
  fault(): Failure | undefined {
    if (this.login === undefined) return 'CKR_USER_NOT_LOGGED_IN';
    const fault = this.core.faultOf(this.login);
    return fault && codeOfFault[fault];
  }

  get user(): string {
    return this.login?.user ?? '';
  }

  /** The objects that the user sees. */
  objects(): StoredKey[] {
    const { fleet } = this.core;
    return [...fleet.keys()].filter((key) => isVisibleTo(key, this.user) && fleet.holderOf(key.id) !== undefined);
  }

  find(handle: number): StoredKey | undefined {
    const key = this.core.fleet.findByHandle(handle);
    return key !== undefined && isVisibleTo(key, this.user) ? key : undefined;
  }

  /** A token key has to be on two HSMs before it is used, and a new one before it is there. */
  lacksCopies(key: StoredKey): boolean {
    return this.#needsCopies && key.attributes.CKA_TOKEN && this.core.fleet.copiesOf(key.id) < copiesNeeded;
  }

  /** Whether the HSM that works on it is lost in the middle: the one with the key, or the first. */
  lossDuring(operation: HsmOperation, key?: StoredKey): Failure | undefined {
    const { fleet } = this.core;
    const hsm = key === undefined ? fleet.active[0] : fleet.holderOf(key.id);
    return hsm !== undefined && this.core.isLostDuring(operation, hsm) ? 'CKR_DEVICE_ERROR' : undefined;
  }

  /** Stores new objects, all of them or none. */
  store(objects: readonly { readonly object: NewObject; readonly attributes: Attributes }[]): StoredKey[] | Failure {
    const { core } = this;
    const [hsm] = core.fleet.active;
    if (hsm === undefined) return 'CKR_DEVICE_REMOVED';
    if (!core.hasRoomFor(objects.length)) return 'CKR_DEVICE_MEMORY';
    const keys = objects.map(({ object, attributes }) => core.store(this.user, attributes, object.bytes, hsm));
    for (const { object } of objects) object.bytes.fill(0);
    if (!keys.some((key) => this.lacksCopies(key))) return keys;
    for (const { id } of keys) core.fleet.remove(id);
    return 'CKR_FUNCTION_FAILED';
  }
}
