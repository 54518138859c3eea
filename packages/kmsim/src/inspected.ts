// What console.log shows of an object whose state is private.

/** `show` is asked each time that Node shows the object. Elsewhere nothing changes: the symbol is Node's, and nobody lists it. */
export function inspectedAs(object: object, show: () => unknown): void {
  Object.defineProperty(object, Symbol.for('nodejs.util.inspect.custom'), { value: show });
}
