// What a page of another origin tries at the admin port, even with the token.

/** A function of the address and the token: what came of each. */
export const attempts: string = `async ([url, token]) => {
  const headers = { authorization: 'Bearer ' + token, 'content-type': 'application/json' };
  const asked = (path, init) => fetch(url + path, { headers, ...init }).then(({ type }) => type, () => 'refused');
  const script = await new Promise((resolve) => {
    const made = document.createElement('script');
    Object.assign(made, { src: url + '/main.js', type: 'module', onload: () => resolve('loaded'), onerror: () => resolve('refused') });
    document.body.append(made);
  });
  const frame = document.createElement('iframe');
  const shown = new Promise((resolve) => frame.addEventListener('load', resolve));
  frame.src = url + '/';
  document.body.append(frame);
  await shown;
  const seen = () => { try { return frame.contentDocument.title; } catch { return null; } };
  return {
    'GET /': await asked('/'),
    'GET /api/overview': await asked('/api/overview'),
    'POST /api/clock': await asked('/api/clock', { method: 'POST', body: '{"advance":"1 day"}' }),
    'no-cors POST /api/reset': await asked('/api/reset', { method: 'POST', body: '{}', mode: 'no-cors', headers: {} }),
    'script /main.js': script,
    'frame /': seen() || 'nothing seen',
    'session storage': sessionStorage.getItem('kmsim admin token'),
  };
}`;
