// What the page holds open while it is in sight, and how long it waits for an answer.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** What a page's code is to a test, whose types know no browser. */
interface Asking {
  get(path: string): Promise<unknown>;
}
interface Streaming {
  stream(path: string, signal: AbortSignal, told: () => void): Promise<void>;
}

const { Api } = await vi.importActual<{ readonly Api: new (token: string) => Asking }>('../../src/inspector/api.ts');
const { follow } = await vi.importActual<{ follow(api: Streaming, look: () => Promise<void>): void }>(
  '../../src/inspector/live.ts',
);

/** A page that is in sight or not, as browsers tell it. */
class Sight extends EventTarget {
  hidden: boolean;

  constructor(hidden: boolean) {
    super();
    this.hidden = hidden;
  }

  becomes(hidden: boolean): void {
    this.hidden = hidden;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

/** A port that keeps every stream open, and says how many are. */
class Port implements Streaming {
  open = 0;

  stream(_path: string, signal: AbortSignal): Promise<void> {
    this.open += 1;
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        this.open -= 1;
        reject(signal.reason);
      });
    });
  }
}

const looked = async (): Promise<void> => {};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('a page holds a stream only while it is in sight', async () => {
  const sight = new Sight(false);
  vi.stubGlobal('document', sight);
  const port = new Port();
  follow(port, looked);
  const openAfter = async (hidden: boolean): Promise<number> => {
    sight.becomes(hidden);
    await vi.advanceTimersByTimeAsync(10);
    return port.open;
  };
  expect(await openAfter(false)).toBe(1);
  expect(await openAfter(true)).toBe(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(port.open).toBe(0);
  expect(await openAfter(false)).toBe(1);
  // Away and back before anything could end.
  sight.becomes(true);
  expect(await openAfter(false)).toBe(1);
});

test('one that was opened behind others holds none before it is looked at', async () => {
  const sight = new Sight(true);
  vi.stubGlobal('document', sight);
  const port = new Port();
  follow(port, looked);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(port.open).toBe(0);
  sight.becomes(false);
  await vi.advanceTimersByTimeAsync(10);
  expect(port.open).toBe(1);
});

test('a look that nobody answers ends', async () => {
  const time = new AbortController();
  const asked = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(time.signal);
  const silent = (_path: string, { signal }: { readonly signal: AbortSignal }): Promise<never> =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  vi.stubGlobal('fetch', silent);
  const answer = new Api('token').get('/api/overview');
  expect(asked).toHaveBeenCalledOnce();
  time.abort(new DOMException('too late', 'TimeoutError'));
  await expect(answer).rejects.toMatchObject({ name: 'TimeoutError' });
});
