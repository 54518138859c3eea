// The body of a Query request: form-encoded pairs, of which those with numbers in their names are lists.
// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html

/** No AssumeRole has as many: fifty tags are a hundred. */
export const maxParameters = 256;

export type Parameters = ReadonlyMap<string, string>;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Undefined for what is no form, gives a name twice, or has too many of them. */
export function parseParameters(body: Uint8Array | string): Parameters | undefined {
  const parameters = new Map<string, string>();
  try {
    const text = typeof body === 'string' ? body : utf8.decode(body);
    if (text === '') return parameters;
    for (const pair of text.split('&')) {
      const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(pair) ?? [];
      const decoded = plain(name);
      if (parameters.has(decoded) || parameters.size === maxParameters) return undefined;
      parameters.set(decoded, plain(value));
    }
    return parameters;
  } catch {
    // No UTF-8, or a percent sign that begins nothing.
    return undefined;
  }
}

function plain(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

/** `Tags.member.1.Key`, `Tags.member.1.Value`, `Tags.member.2.Key` ... in the order of their numbers. */
export function pairsOf(parameters: Parameters, list: string): { readonly Key: string; readonly Value: string }[] {
  const found = new Map<number, { Key: string; Value: string }>();
  for (const [name, value] of parameters) {
    const [, number, member] = new RegExp(`^${list}\\.member\\.(\\d{1,4})\\.(Key|Value)$`).exec(name) ?? [];
    if (number === undefined) continue;
    const pair = found.get(Number(number)) ?? { Key: '', Value: '' };
    found.set(Number(number), { ...pair, [member as 'Key' | 'Value']: value });
  }
  return [...found].sort(([a], [b]) => a - b).map(([, pair]) => pair);
}
