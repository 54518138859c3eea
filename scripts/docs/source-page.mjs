// A file or a folder of the repository as a page, for those who follow a link of a guide into the code.

const languages = { json: 'json', mjs: 'js', ts: 'ts', yaml: 'yaml' };

// Not searched: what is looked for is the page that leads here.
const front = '---\nsearch: false\noutline: false\naside: false\n---\n';

/** The page of a file. */
export function sourcePage(file, text) {
  const marks = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  const language = languages[file.split('.').at(-1)] ?? 'text';
  return `${front}\n# ${lastOf(file)}\n\n\`${file}\`\n\n${marks}${language}:line-numbers\n${text.trimEnd()}\n${marks}\n`;
}

/** The page of a folder: its files. */
export function folderPage(folder, entries) {
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
  const rows = files.map((name) => `- [${name}](${lastOf(folder)}/${name})`);
  return `${front}\n# ${lastOf(folder)}\n\n\`${folder}\`\n\n${rows.join('\n')}\n`;
}

function lastOf(path) {
  return path.split('/').at(-1);
}
