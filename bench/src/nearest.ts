// What somebody may have meant by a name that is not there.

/** The one of the known names that shares the most of its letters, pair by pair, if that is half of them. */
export function nearest(written: string, known: readonly string[]): string | undefined {
  const scores = known.map((name) => ({ name, score: likeness(written.toLowerCase(), name.toLowerCase()) }));
  const [best] = scores.sort((a, b) => b.score - a.score);
  return best !== undefined && best.score >= 0.5 ? best.name : undefined;
}

// Dice's coefficient of the pairs of neighbouring letters; the ends count as letters, so that short words have pairs.
function likeness(a: string, b: string): number {
  const left = pairs(a);
  const right = pairs(b);
  const total = left.length + right.length;
  let shared = 0;
  for (const pair of left) {
    const at = right.indexOf(pair);
    if (at < 0) continue;
    right.splice(at, 1);
    shared += 1;
  }
  return (2 * shared) / total;
}

function pairs(word: string): string[] {
  const ended = `^${word}$`;
  return Array.from({ length: ended.length - 1 }, (_, at) => ended.slice(at, at + 2));
}
