// Which published vectors a run takes where all of them would take long. KMSIM_ALL_VECTORS=1 takes them all.

export const takesAll: boolean = process.env['KMSIM_ALL_VECTORS'] !== undefined;

/** Every so many-th vector of a file, the first among them, on each backend; 1 takes them all. */
export type Sampling = Readonly<Record<'portable' | 'native', number>>;

export function sampled<V>(vectors: readonly V[], every: number): readonly V[] {
  return takesAll ? vectors : vectors.filter((_, at) => at % every === 0);
}

/** How many of `count` those are. */
export function sampleSize(count: number, every: number): number {
  return takesAll ? count : Math.ceil(count / every);
}
