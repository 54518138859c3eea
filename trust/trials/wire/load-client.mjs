// A program of its own: so many connections, each asking again as soon as it is answered. It counts answers and how long they took.

import { connect } from 'node:net';

let shots = [];
let port = 0;
let running = false;
let counts = { good: 0, throttled: 0, other: 0, broken: 0 };
let samples = [];
let took = { good: [], throttled: [] };

const enough = 50_000;

function connection(from) {
  let socket;
  let began = 0;
  let at = Math.floor(shots.length * Math.random());
  let received = '';
  const send = () => {
    if (!running) {
      socket.destroy();
      return;
    }
    received = '';
    began = performance.now();
    socket.write(shots[at++ % shots.length]);
  };
  const open = () => {
    socket = connect({ port, host: '127.0.0.1', noDelay: true, ...(from && { localAddress: from }) });
    socket.setEncoding('latin1');
    socket.on('connect', send);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (!running) return;
      counts.broken += 1;
      setTimeout(open, 10);
    });
    socket.on('data', (chunk) => {
      received += chunk;
      const head = received.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
      if (received.length < head + 4 + length) return;
      note(received, performance.now() - began);
      send();
    });
  };
  open();
}

function note(said, milliseconds) {
  const kind = said.startsWith('HTTP/1.1 200') ? 'good' : said.includes('ThrottlingException') ? 'throttled' : 'other';
  counts[kind] += 1;
  if (kind === 'other' && samples.length < 5) samples.push(said.slice(-300));
  if (took[kind]?.length < enough) took[kind].push(milliseconds);
}

const answers = {
  load: (message) => {
    port = message.port;
    shots = message.shots;
    return true;
  },
  start: ({ connections, from }) => {
    running = true;
    counts = { good: 0, throttled: 0, other: 0, broken: 0 };
    took = { good: [], throttled: [] };
    samples = [];
    for (let n = 0; n < connections; n++) connection(from);
    return true;
  },
  counts: () => counts,
  stop: () => {
    running = false;
    return { ...counts, took, samples };
  },
};

process.on('message', ({ id, ask, ...rest }) => process.send({ id, answer: answers[ask](rest) }));
process.on('disconnect', () => process.exit());
process.send({ ready: {} });
