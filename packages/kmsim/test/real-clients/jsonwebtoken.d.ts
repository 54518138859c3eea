// What the test uses of jsonwebtoken, which brings no types.

declare module 'jsonwebtoken' {
  import type { KeyObject } from 'node:crypto';

  interface JsonWebToken {
    verify(
      token: string,
      key: KeyObject,
      options: { readonly algorithms: readonly string[]; readonly clockTimestamp?: number },
    ): object;
  }

  const jsonwebtoken: JsonWebToken;
  export = jsonwebtoken;
}
