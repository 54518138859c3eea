// What somebody may have meant by a name that does not exist.

/** The name that is nearest to `written`, when one is near enough: a slip of the pen, another case, or a part of it. */
export function nearest(written: string, known: readonly string[], longest = 64): string | undefined {
  const word = written.toLowerCase();
  // Far beyond any name: not worth the comparison.
  if (word.length < 2 || word.length > longest) return undefined;
  const slips = word.length < 6 ? 1 : 2;
  let best: { readonly name: string; readonly away: number } | undefined;
  for (const name of known) {
    const away = apart(word, name.toLowerCase(), slips);
    if (away !== undefined && (best === undefined || away < best.away)) best = { name, away };
  }
  return best?.name;
}

/** 0 for the same, undefined for what is too far apart. */
function apart(word: string, name: string, slips: number): number | undefined {
  const distance = slipsBetween(word, name);
  if (distance <= slips) return distance;
  const within = word.length >= 3 && name.length >= 3 && (name.includes(word) || word.includes(name));
  return within ? slips + Math.abs(word.length - name.length) : undefined;
}

/** Letters left out, added, changed, or two that changed places (optimal string alignment). */
function slipsBetween(a: string, b: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const ways = [(row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1)];
      if (swapped) ways.push((before[j - 2] ?? 0) + 1);
      next.push(Math.min(...ways));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
