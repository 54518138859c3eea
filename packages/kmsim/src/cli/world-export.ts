// Asks the admin port of a running server for its world.

import type { WorldContent } from '../world-file/content.ts';

interface Asked {
  readonly admin: string;
  readonly token: string | undefined;
  readonly secrets: boolean;
}

export async function exportedWorld({ admin, secrets, token }: Asked): Promise<WorldContent> {
  const url = urlOf(admin);
  if (token === undefined || token === '')
    throw new Error('The token of the admin port is missing: set KMSIM_ADMIN_TOKEN, or give --token.');
  const response = await asked(url, token, secrets);
  const answer = (await response.json().catch(() => undefined)) as WorldContent & { readonly message?: string };
  if (response.ok && typeof answer === 'object') return answer;
  throw new Error(
    `${url.origin} refuses (${response.status}): ${answer?.message ?? 'is that the admin port of kmsim serve?'}`,
  );
}

// The token goes to this machine and to no other.
function urlOf(admin: string): URL {
  const url = URL.canParse(admin) ? new URL('/api/world', admin) : undefined;
  if (url?.protocol !== 'http:' || !/^(?:127\.0\.0\.1|localhost|\[::1\])$/.test(url.hostname))
    throw new Error('--admin is the address that kmsim serve --admin printed: http://127.0.0.1:4600.');
  return url;
}

async function asked(url: URL, token: string, secrets: boolean): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ secrets }),
      redirect: 'error',
    });
  } catch {
    throw new Error(`Nobody answers at ${url.origin}: start kmsim serve --admin, and give the address that it prints.`);
  }
}
