// Libraries that load when they are first used.

import { NotInstalled } from './not-installed.ts';

/** A promise while its library loads, and from then on the thing itself. */
export type Loading<Value> = Value | Promise<Value>;

/** A library is loading and nothing was done: ask again when it is there. */
export type NotLoaded = Promise<unknown>;

/** Loads at the first call; again when that failed. What is not installed is not looked for again: whoever asks then is told so at once. */
export function loadOnce<Value>(load: () => Promise<Value>): () => Loading<Value> {
  let loading: Loading<Value> | undefined;
  let missing: NotInstalled | undefined;
  return () => {
    if (missing !== undefined) throw missing;
    loading ??= load().then(
      (value) => {
        loading = value;
        return value;
      },
      (error: unknown) => {
        loading = undefined;
        if (error instanceof NotInstalled) missing = error;
        throw error;
      },
    );
    return loading;
  };
}
