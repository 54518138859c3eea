// Whether somebody has changed what the language itself brings: the intrinsic objects and their prototypes, as they were at first.

type Shape = ReadonlyMap<PropertyKey, unknown>;

// What Node and the test runner bring besides is theirs to change.
const names = [
  ...[
    'Object',
    'Array',
    'Function',
    'String',
    'Number',
    'Boolean',
    'Symbol',
    'BigInt',
    'Promise',
    'RegExp',
    'Date',
    'Map',
    'Set',
  ],
  ...[
    'WeakMap',
    'WeakSet',
    'Error',
    'TypeError',
    'RangeError',
    'JSON',
    'Math',
    'Reflect',
    'ArrayBuffer',
    'DataView',
    'Uint8Array',
  ],
];

const intrinsics: readonly (readonly [string, object])[] = names.flatMap((name) => {
  const value = (globalThis as unknown as Record<string, { readonly prototype?: object }>)[name] ?? {};
  const { prototype } = value;
  return [[name, value] as const, ...(prototype ? [[`${name}.prototype`, prototype] as const] : [])];
});

function shapeOf(object: object): Shape {
  const descriptors = Reflect.ownKeys(object).map((key) => {
    const { get, value } = Object.getOwnPropertyDescriptor(object, key) ?? {};
    return [key, get ?? value] as const;
  });
  return new Map(descriptors);
}

const first: readonly Shape[] = intrinsics.map(([, object]) => shapeOf(object));

/** The first thing that is not as it was: `Object.prototype.polluted`. */
export function pollution(): string | undefined {
  for (const [at, [name, object]] of intrinsics.entries()) {
    const before = first[at] as Shape;
    const keys = Reflect.ownKeys(object);
    for (const key of keys) {
      const { get, value } = Object.getOwnPropertyDescriptor(object, key) ?? {};
      if (!before.has(key) || !Object.is(before.get(key), get ?? value)) return `${name}.${String(key)}`;
    }
    if (keys.length !== before.size) return `${name} has lost a member`;
  }
  return undefined;
}
