// Libraries that load when they are first used.

/** A promise while its library loads, and from then on the thing itself. */
export type Loading<Value> = Value | Promise<Value>;

/** A library is loading and nothing was done: ask again when it is there. */
export type NotLoaded = Promise<unknown>;

/** Loads at the first call; again when that failed. */
export function loadOnce<Value>(load: () => Promise<Value>): () => Loading<Value> {
  let loading: Loading<Value> | undefined;
  return () => {
    loading ??= load().then(
      (value) => {
        loading = value;
        return value;
      },
      (error: unknown) => {
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };
}
