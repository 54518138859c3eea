// One proxy with one key, and questions to it in process.

import { XksProxy, type XksProxyOptions } from '../src/index.ts';
import { type Asked, type AskOptions, inProcess } from './asking.ts';

export const proxyOf = (options: Partial<XksProxyOptions> = {}): XksProxy =>
  new XksProxy({ seed: 's', keys: ['k'], ...options });

export const proxy: XksProxy = proxyOf();

export const ask = (path: string, body: unknown, options?: AskOptions, of: XksProxy = proxy): Promise<Asked> =>
  inProcess(of).ask(path, body, options);

/** `400 ValidationException`; `200 undefined` for an answer. */
export const errorOf = async (path: string, body: unknown, options?: AskOptions, of?: XksProxy): Promise<string> => {
  const { json, status } = await ask(path, body, options, of);
  return `${status} ${json['errorName']}`;
};

export const bytesOf = (member: unknown): Buffer => Buffer.from(String(member), 'base64');
