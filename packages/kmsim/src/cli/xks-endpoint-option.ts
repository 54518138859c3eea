// --xks-endpoint https://xks.example.com=http://127.0.0.1:4600, as often as there are proxies.

import { KmsimError } from '../kmsim-error.ts';
import { shown } from '../option-forms.ts';

/** As the option xksEndpoints of createKmsim has it; what the halves say is judged there. */
export function xksEndpointsOf(given: readonly string[]): Readonly<Record<string, string>> {
  const pairs = given.map((text): [string, string] => {
    const [, endpoint, address] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (endpoint === undefined || address === undefined)
      throw new KmsimError('InvalidXksEndpoint', `--xks-endpoint ${shown(text)} is no endpoint=address.`);
    return [endpoint, address];
  });
  return Object.fromEntries(pairs);
}
