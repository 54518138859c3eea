// What the page asks of the admin port it came from. The token is in every request's header, and in no address.

const kept = 'kmsim admin token';

/** Whoever has not answered a look by then is said not to answer. Milliseconds. */
const patience = 10_000;

export class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The token that came behind the # of the address, from where it is taken away at once; or that of this tab. */
export function tokenOfPage(): string | undefined {
  const told = /^#token=([\w-]+)$/.exec(location.hash)?.[1];
  if (told !== undefined) {
    history.replaceState(null, '', location.pathname);
    keepToken(told);
  }
  return told ?? sessionStorage.getItem(kept) ?? undefined;
}

export function keepToken(token: string): void {
  sessionStorage.setItem(kept, token);
}

export function forgetToken(): void {
  sessionStorage.removeItem(kept);
}

export class Api {
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  async get<Answer>(path: string, query: Readonly<Record<string, string | number>> = {}): Promise<Answer> {
    const said = Object.entries(query).filter(([, value]) => value !== '');
    const search = new URLSearchParams(said.map(([name, value]) => [name, String(value)]));
    return (await this.#ask(`${path}${said.length > 0 ? `?${search}` : ''}`, {
      signal: AbortSignal.timeout(patience),
    })) as Answer;
  }

  async post<Answer>(path: string, body: object): Promise<Answer> {
    return (await this.#ask(path, { method: 'POST', body: JSON.stringify(body) })) as Answer;
  }

  /** What comes until the port or somebody here ends it. */
  async stream(path: string, signal: AbortSignal, told: () => void): Promise<void> {
    const response = await fetch(path, { headers: this.#headers(), signal });
    if (!response.ok || response.body === null) throw await refusedBy(response);
    const reader = response.body.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) told();
  }

  async #ask(path: string, init: RequestInit = {}): Promise<unknown> {
    const response = await fetch(path, { ...init, headers: this.#headers(), cache: 'no-store' });
    if (!response.ok) throw await refusedBy(response);
    return response.json() as Promise<unknown>;
  }

  #headers(): Record<string, string> {
    return { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' };
  }
}

async function refusedBy(response: Response): Promise<Refused> {
  const said = (await response.json().catch(() => ({}))) as { readonly message?: string };
  return new Refused(response.status, said.message ?? `The admin port answered with ${response.status}.`);
}
