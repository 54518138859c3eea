// One seed, one digest, run as a program of its own. Prints what it has found as JSON.
//
//   node one-digest.mjs <address of kmsim> native|portable at-once|in-turn cold|warm

import { oneDigest } from './digest-of.mjs';

const [face, backend, manner, before] = process.argv.slice(2);
const { createKmsim } = await import(face);

console.log(JSON.stringify(await oneDigest(createKmsim, { backend, manner, before })));
