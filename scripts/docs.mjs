// `npm run docs`: builds the site of the documentation, and says where it is.
//
//   npm run docs                      the site, in site/dist/site
//   npm run docs -- --serve           builds it and shows it on a loopback port; --port chooses one
//   npm run docs -- --watch           shows the pages while they are written: reload after a change, start again after a new link into the code
//   npm run docs -- --base /kmsim/    for a host that has it in a folder

import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { brokenIn } from './docs/broken.mjs';
import { collectPages } from './docs/collect.mjs';
import { writeReference } from './docs/reference.mjs';
import { portIn, served } from './docs/served.mjs';
import { fingerprintOf } from './docs/stamp.mjs';
import { ensureInstalled } from './ensure.mjs';
import { captureFile, captureSiteTool, root, runSiteTool } from './run.mjs';

const { values } = parseArgs({
  options: {
    base: { type: 'string', default: '/' },
    port: { type: 'string', default: '0' },
    serve: { type: 'boolean' },
    watch: { type: 'boolean' },
  },
});
const vitepress = ['bin', 'vitepress.js'];
const pagesFolder = join(root, 'site', 'dist', 'pages');
const siteFolder = join(root, 'site', 'dist', 'site');
const base = ['--base', values.base];
const port = portIn(values.port);
if (port === undefined) {
  console.error(`--port is a whole number from 0 to 65535, and not ${JSON.stringify(values.port)}.`);
  process.exit(1);
}

ensureInstalled();
stage('Reading the pages');
const { faults, pages, pictures } = collectPages();
stopAt(faults);
rmSync(pagesFolder, { recursive: true, force: true });
for (const [page, { text }] of pages) {
  mkdirSync(dirname(join(pagesFolder, page)), { recursive: true });
  writeFileSync(join(pagesFolder, page), text);
}
for (const [picture, file] of pictures) cpSync(join(root, file), join(pagesFolder, picture));
if (existsSync(join(root, 'site', 'playground', 'build.mjs'))) {
  stage('The playground');
  const { ok, output } = captureFile('site/playground/build.mjs');
  stopAt(ok ? [] : [output]);
  cpSync(join(root, 'site', 'playground', 'dist'), join(pagesFolder, 'public', 'playground', 'play'), {
    recursive: true,
  });
}
stage('The reference');
stopAt([writeReference(pagesFolder)]);

stage('The site');
if (values.watch) process.exitCode = runSiteTool('vitepress', vitepress, ['dev', '--host', '127.0.0.1', ...base]);
else await build();

async function build() {
  const { ok, output } = captureSiteTool('vitepress', vitepress, ['build', ...base]);
  stopAt(ok ? [] : [output]);
  // What it warns of is seen, even when the pages are there.
  if (/warn|\(!\)|falling back/i.test(output)) console.log(output);
  stopAt(brokenIn(siteFolder, values.base));
  writeFileSync(join(siteFolder, 'stamp.txt'), fingerprintOf(pages));
  if (values.serve) {
    const { url } = await served(siteFolder, { base: values.base, port }).catch(({ message }) => {
      console.error(`The site is built, and cannot be shown: ${message}.`);
      process.exit(1);
    });
    console.log(`The site is at ${url}, until you stop this with Ctrl+C.`);
  } else console.log(`The site is in ${siteFolder}: \`npm run docs -- --serve\` shows it.`);
}

// It takes minutes: whoever waits sees where it is.
function stage(name) {
  console.error(`${name} ...`);
}

function stopAt(found) {
  const said = found.filter((fault) => fault !== '');
  if (said.length === 0) return;
  console.error([...said, '', 'The site is not built, see above.'].join('\n'));
  process.exit(1);
}
