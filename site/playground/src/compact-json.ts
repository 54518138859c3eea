// JSON as a person would lay it out: what fits on a line stands on one.

export function compactJson(value: unknown, width: number, indent = ''): string {
  const flat = flatJson(value);
  if (typeof value !== 'object' || value === null || flat.length + indent.length <= width) return flat;
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item) => compactJson(item, width, inner))
    : Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${compactJson(item, width, inner)}`);
  const [begin, end] = isList ? '[]' : '{}';
  return `${begin}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${end}`;
}

function flatJson(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.map(flatJson).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${flatJson(item)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
