import { createKmsim, serve } from 'kmsim';

const sim = createKmsim();
const server = await serve(sim);
console.log(server.url, server.env);
await server.close();
