// What is in use after a collection.

/** Heap and what arrays hold outside of it; NaN where nobody can ask for a collection. */
export function usedBytes(): number {
  if (globalThis.gc === undefined) return Number.NaN;
  // Twice: what the first one finds dead outside of the heap is freed with the second.
  globalThis.gc();
  globalThis.gc();
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
