// A program of its own: a client that does nothing wrong and waits for each answer. Its parent gives it the requests and asks how long they took.

import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let shots = [];
let port = 0;
let running = false;
let taken = [];
let failures = [];

function ask({ body, headers, wants }) {
  return new Promise((resolve) => {
    const began = performance.now();
    const done = (failure) => {
      taken.push(performance.now() - began);
      if (failure !== undefined && failures.length < 20) failures.push(failure);
      resolve();
    };
    const sent = request(
      { agent, port, host: '127.0.0.1', method: 'POST', path: '/', headers, timeout: 20_000 },
      (answer) => {
        let said = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk) => {
          said += chunk;
        });
        answer.on('end', () =>
          done(
            answer.statusCode === 200 && said.includes(wants)
              ? undefined
              : `${answer.statusCode} ${said.slice(0, 200)}`,
          ),
        );
        answer.on('error', (error) => done(String(error)));
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('no answer')));
    sent.on('error', (error) => done(String(error)));
    sent.end(body);
  });
}

async function run(pause) {
  for (let at = 0; running; at++) {
    await ask(shots[at % shots.length]);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

let ending = Promise.resolve();
const answers = {
  load: (message) => {
    ({ shots, port } = message);
    return true;
  },
  start: ({ pause = 1 }) => {
    running = true;
    taken = [];
    failures = [];
    ending = run(pause);
    return true;
  },
  stop: async () => {
    running = false;
    await ending;
    return { taken, failures };
  },
};

process.on('message', async ({ id, ask: wanted, ...rest }) =>
  process.send({ id, answer: await answers[wanted](rest) }),
);
process.on('disconnect', () => process.exit());
process.send({ ready: {} });
