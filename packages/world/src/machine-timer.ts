// The machine's timer, for what happens outside the simulation: how long somebody else may take to answer over a network.

/** Acts once so many milliseconds have really passed, unless the returned function is called before. */
export function afterMilliseconds(milliseconds: number, act: () => void): () => void {
  const timer = setTimeout(act, milliseconds);
  return () => clearTimeout(timer);
}
