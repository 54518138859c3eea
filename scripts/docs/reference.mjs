// The reference: a page for each name that kmsim exports, written by TypeDoc from the comments at the types.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { captureSiteTool, root } from '../run.mjs';
import { outsideOfCode } from './markdown.mjs';
import { operationsPage } from './operations-page.mjs';
import { firstPage } from './reference-first-page.mjs';
import { unnamed } from './unnamed.mjs';

const kmsim = join(root, 'packages', 'kmsim');
const entries = join(root, 'site', 'dist', 'entries');

/** Writes the pages of the reference into a folder; answers what TypeDoc had to say, nothing when all is well. */
export function writeReference(pages) {
  const names = writeEntries();
  const out = join(pages, 'reference');
  const settings = join(entries, 'typedoc.json');
  writeFileSync(settings, JSON.stringify(settingsOf(names, out)));
  const { ok, output } = captureSiteTool('typedoc', ['bin', 'typedoc'], ['--options', settings]);
  if (!ok) return output;
  for (const file of markdownIn(out)) {
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, withPages(text));
  }
  writeFileSync(join(out, 'index.md'), firstPage);
  writeOperations(join(out, 'kmsim'), join(out, 'navigation.json'));
  return '';
}

// The names under which kmsim is imported, and the source behind each.
function entryPoints() {
  const { exports } = JSON.parse(readFileSync(join(kmsim, 'package.json'), 'utf8'));
  return Object.entries(exports).flatMap(([name, { source }]) =>
    source === undefined ? [] : [{ name: `kmsim${name.slice(1)}`, source: join(kmsim, source) }],
  );
}

// TypeDoc names a module after its file: each entry point gets one that is named as it is imported.
function writeEntries() {
  rmSync(entries, { recursive: true, force: true });
  mkdirSync(entries, { recursive: true });
  // What a type of kmsim mentions is looked for among the exports of the package of that name.
  writeFileSync(join(entries, 'package.json'), JSON.stringify({ name: 'kmsim' }));
  return entryPoints().map(({ name, source }) => {
    const file = join(entries, `${name}.ts`);
    const from = relative(dirname(file), source).split(sep).join('/');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `export * from '${from}';\n`);
    return file;
  });
}

function settingsOf(files, out) {
  const tsconfig = join(entries, 'tsconfig.json');
  const options = {
    composite: false,
    declaration: false,
    declarationMap: false,
    isolatedDeclarations: false,
    noEmit: true,
    typeRoots: [join(root, 'node_modules', '@types')],
    types: ['node'],
  };
  const base = join(root, 'tsconfig.base.json');
  writeFileSync(tsconfig, JSON.stringify({ extends: base, compilerOptions: options, files }));
  return {
    tsconfig,
    entryPoints: files,
    basePath: entries,
    out,
    plugin: ['typedoc-plugin-markdown'],
    readme: 'none',
    name: 'Reference',
    entryFileName: 'index',
    router: 'member',
    sort: ['source-order'],
    // Types of @types/node and of optional peers are not ours to document.
    excludeExternals: true,
    disableSources: true,
    hideBreadcrumbs: true,
    hidePageHeader: true,
    useCodeBlocks: true,
    // Text in comments is text: `<region>` is no element.
    sanitizeComments: true,
    useHTMLEncodedBrackets: true,
    parametersFormat: 'table',
    navigationJson: join(out, 'navigation.json'),
    intentionallyNotExported: Object.keys(unnamed),
    treatWarningsAsErrors: true,
    logLevel: 'Warn',
  };
}

// KmsMethods is the name of a type and of a class: one page is about both.
function writeOperations(folder, navigation) {
  const isSecond = ({ path }) => path?.endsWith('/KmsMethods-1.md') === true;
  const without = (items) =>
    items
      .filter((item) => !isSecond(item))
      .map((item) => (item.children === undefined ? item : { ...item, children: without(item.children) }));
  const index = join(folder, 'index.md');
  rmSync(join(folder, 'type-aliases', 'KmsMethods-1.md'));
  writeFileSync(join(folder, 'type-aliases', 'KmsMethods.md'), operationsPage());
  writeFileSync(navigation, JSON.stringify(without(JSON.parse(readFileSync(navigation, 'utf8')))));
  writeFileSync(index, readFileSync(index, 'utf8').replace(/^- .*KmsMethods-1\.md\)\n/m, ''));
}

// A comment says `docs/quotas.md`, as an editor can open it: here it is a link.
function withPages(text) {
  return outsideOfCode(text, (piece) =>
    piece.replace(/(?<![\w/(])docs\/([\w/-]+)\.md/g, (_, page) => `[docs/${page}.md](/${page})`),
  );
}

function markdownIn(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
}
