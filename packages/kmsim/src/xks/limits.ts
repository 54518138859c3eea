// What an answer of a proxy may cost.

/** Milliseconds for all of it, the connection included. Of the machine's: nobody is asked over HTTP on the clock of a simulation. https://docs.aws.amazon.com/kms/latest/developerguide/keystore-external.html */
export const timeLimit = 250;

/** The longest answer of the API is a plaintext or a ciphertext of 4,300 bytes in base64, and four short members. */
export const maxAnswerBytes = 65_536;

/** Past the limit there is nothing to interpret. */
export function bodyWithin(body: string): string {
  return body.length > maxAnswerBytes ? '' : body;
}
