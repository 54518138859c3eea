// Who is logged in, from which client.

import type { Role } from './users.ts';

/** A login. Clients hold the object and see by it that it is over. */
export interface Login {
  readonly role: Role;
  readonly user: string;
  readonly client: string;
  isOpen: boolean;
}

/** In this package only. */
export class Sessions {
  readonly #open = new Set<Login>();
  /** PKCS #11 sessions by client. */
  readonly #counts = new Map<string, number>();

  open(role: Role, user: string, client: string): Login {
    const login: Login = { role, user, client, isOpen: true };
    this.#open.add(login);
    return login;
  }

  close(login: Login): void {
    login.isOpen = false;
    this.#open.delete(login);
  }

  closeAll(): void {
    for (const login of this.#open) this.close(login);
  }

  isLoggedInElsewhere(role: Role, user: string, client: string): boolean {
    for (const login of this.#open) {
      if (login.role === role && login.user === user && login.client !== client) return true;
    }
    return false;
  }

  isLoggedIn(role: Role, user: string): boolean {
    for (const login of this.#open) if (login.role === role && login.user === user) return true;
    return false;
  }

  /** How many PKCS #11 sessions a client has. */
  countOf(client: string): number {
    return this.#counts.get(client) ?? 0;
  }

  count(client: string, change: 1 | -1): void {
    this.#counts.set(client, this.countOf(client) + change);
  }
}
