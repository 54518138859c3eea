// What GitHub does not show of a comment: which file an example is, and that it runs.

const example = /<!-- file: (\S+) -->\n(`{3,})[^\n]*\n[\s\S]*?\n\2(?=\n|$)/g;

/** The text with the name of its file below each example. */
export function withCaptions(text) {
  return text.replace(example, (block, file) => {
    const runs = /\.(?:ts|mjs)$/.test(file) ? ', run by the tests' : '';
    return `${block}\n\n<p class="ran"><code>${file}</code>${runs}</p>`;
  });
}
