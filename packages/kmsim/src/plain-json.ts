// Values of a person's program as JSON, when nothing is lost in it.

/** Undefined for what JSON cannot express. A policy would otherwise lose a condition, or be lost itself, without a word. */
export function plainJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, expressible);
  } catch {
    // A circle, a BigInt, a getter that throws.
    return undefined;
  }
}

// A member that is undefined is left out on purpose. JSON.stringify leaves out functions and symbols as well, and empties a Map.
function expressible(_name: string, value: unknown): unknown {
  if (typeof value === 'function' || typeof value === 'symbol' || value instanceof Map || value instanceof Set)
    throw new TypeError('JSON has no such value');
  return value;
}
