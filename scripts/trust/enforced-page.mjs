// docs/enforced.md from the rows of trust/enforced.mjs.

const headings = [
  ['default', 'Enforced by default'],
  ['optional', 'Optional'],
  ['not', 'Not enforced'],
];

export function enforcedPage(rows) {
  const parts = headings.map(([how, heading]) => {
    const lines = rows
      .filter((row) => row.how === how)
      .map(({ by, file, test, what }) => {
        const name = test.replaceAll('|', '\\|');
        return `| ${what}${by === undefined ? '' : `: ${by}`} | [${name}](../${file}) |`;
      });
    return [`## ${heading}`, '', '| what | the test that shows it |', '|---|---|', ...lines, ''].join('\n');
  });
  return `# What is enforced

Written by \`npm run trust-docs\`, which runs every test that is named here. Edit trust/enforced.mjs, not this page.

${parts.join('\n')}`;
}

/** Rows whose test is not in its file any more. */
export function unnamed(rows, read) {
  return rows.flatMap(({ file, how, test }) => {
    if (!headings.some(([known]) => known === how)) return [`trust/enforced.mjs: "${how}" is no heading.`];
    return read(file).includes(`'${test}'`) ? [] : [`trust/enforced.mjs: ${file} has no test "${test}".`];
  });
}
