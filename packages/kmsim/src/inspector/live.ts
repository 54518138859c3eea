// Tells when something may have changed: at once while events stream in, and now and then for what leaves no event.

import { type Api, Refused } from './api.ts';

/** What comes faster than this is told once. Milliseconds. */
const rest = 250;
/** A look is work for the simulation: it gets four times as long for its own. */
const share = 4;
const nowAndThen = 2_000;

export function follow(api: Api, look: () => Promise<void>): void {
  let isLooking = false;
  let isWanted = false;
  const lookSoon = async (): Promise<void> => {
    isWanted = true;
    if (isLooking) return;
    isLooking = true;
    while (isWanted) {
      isWanted = false;
      const began = performance.now();
      await look();
      await pause(Math.max(rest, share * (performance.now() - began)));
    }
    isLooking = false;
  };
  void stream(api, () => void lookSoon());
  setInterval(() => {
    if (!document.hidden) void lookSoon();
  }, nowAndThen);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void lookSoon();
  });
  void lookSoon();
}

// Only while the page is in sight: a browser has six connections to one address, and a tab that holds one for ever takes it from the others.
// All streams may be taken: then what is looked at now and then has to do.
async function stream(api: Api, told: () => void): Promise<void> {
  for (;;) {
    await inSight();
    const open = new AbortController();
    const leave = (): void => {
      if (document.hidden) open.abort();
    };
    document.addEventListener('visibilitychange', leave);
    try {
      await api.stream('/api/events/stream', open.signal, told);
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return;
    } finally {
      document.removeEventListener('visibilitychange', leave);
    }
    if (!open.signal.aborted) await pause(nowAndThen);
  }
}

function inSight(): Promise<void> {
  return new Promise((resolve) => {
    const come = (): void => {
      if (document.hidden) return;
      document.removeEventListener('visibilitychange', come);
      resolve();
    };
    document.addEventListener('visibilitychange', come);
    come();
  });
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
