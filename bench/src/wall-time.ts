// What somebody waits, for work that is done in more than one process.

/** Milliseconds by the clock while `work` ran. */
export async function wallMilliseconds(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
