// HTTP archives for tests.

/** An entry as browsers and proxies write it. */
export function entry(operation: string, request: unknown, status: number, reply: unknown, more: object = {}): object {
  const text = reply === undefined ? '' : JSON.stringify(reply);
  return {
    startedDateTime: '2026-03-04T05:06:07.000Z',
    request: {
      method: 'POST',
      url: 'https://kms.eu-west-1.amazonaws.com/',
      headers: [
        { name: 'X-Amz-Target', value: `TrentService.${operation}` },
        {
          name: 'Authorization',
          value: 'AWS4-HMAC-SHA256 Credential=AKIDSECRET/20260304/eu-west-1/kms/aws4_request, Signature=abc',
        },
      ],
      postData: { mimeType: 'application/x-amz-json-1.1', text: JSON.stringify(request) },
    },
    response: { status, content: { size: text.length, mimeType: 'application/x-amz-json-1.1', text } },
    ...more,
  };
}

export const har = (...entries: readonly object[]): object => ({ log: { version: '1.2', entries } });
