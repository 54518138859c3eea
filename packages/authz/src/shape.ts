// Shapes of values that came as JSON: whether a value has one, and if not what is wrong and where.

/** Undefined, or what is wrong and where: `cases[3].env.identity[0] is not a list`. */
export type Shape = (value: unknown, place: string) => string | undefined;

export const text: Shape = (value, place) => (typeof value === 'string' ? undefined : `${place} is not text`);

export const flag: Shape = (value, place) =>
  typeof value === 'boolean' ? undefined : `${place} is neither true nor false`;

export const anything: Shape = () => undefined;

export function list(item: Shape): Shape {
  return (value, place) => {
    if (!Array.isArray(value)) return `${place} is not a list`;
    // A hole is an entry, and none that a shape may be without.
    return first([...value].map((entry: unknown = null, index) => [entry, `${place}[${index}]`, item]));
  };
}

export function record(item: Shape): Shape {
  return (value, place) => {
    if (!isObject(value)) return `${place} is not an object`;
    return first(Object.entries(value).map(([name, entry]) => [entry, memberOf(place, name), item]));
  };
}

export function object(needed: readonly string[], members: Readonly<Record<string, Shape>>): Shape {
  return (value, place) => {
    if (!isObject(value)) return `${place || 'the file'} is not an object`;
    const missing = needed.find((name) => !Object.hasOwn(value, name) || value[name] === undefined);
    if (missing !== undefined) return `${memberOf(place, missing)} is missing`;
    const stranger = Object.keys(value).find((name) => !Object.hasOwn(members, name));
    if (stranger !== undefined)
      return `${memberOf(place, stranger)} means nothing; known are ${Object.keys(members).join(', ')}`;
    return first(Object.entries(members).map(([name, shape]) => [value[name], memberOf(place, name), shape]));
  };
}

/** All of them, one after the other: the later ones may take for granted what the earlier ones ask for. */
export function both(...shapes: readonly Shape[]): Shape {
  return (value, place) => first(shapes.map((shape) => [value, place, shape]));
}

/** What is absent has no shape to keep to: who needs a member says so. */
function first(checks: readonly (readonly [value: unknown, place: string, shape: Shape])[]): string | undefined {
  for (const [value, place, shape] of checks) {
    const problem = value === undefined ? undefined : shape(value, place);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function memberOf(place: string, name: string): string {
  if (!/^\w+$/.test(name)) return `${place}[${JSON.stringify(name)}]`;
  return place === '' ? name : `${place}.${name}`;
}
