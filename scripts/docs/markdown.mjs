// Reading Markdown without a parser: what is code and what is text, and the links in the text.

const fence = /^ {0,3}(`{3,}|~{3,})/;

/** The text with every piece outside of code put through `change`. */
export function outsideOfCode(text, change) {
  const done = [];
  let open;
  let prose = [];
  const flush = () => {
    if (prose.length > 0) done.push(outsideOfSpans(prose.join('\n'), change));
    prose = [];
  };
  for (const line of text.split('\n')) {
    const [, marks] = fence.exec(line) ?? [];
    if (open === undefined && marks !== undefined) {
      flush();
      open = marks;
      done.push(line);
    } else if (open !== undefined) {
      done.push(line);
      if (marks?.startsWith(open) && line.trim() === marks) open = undefined;
    } else prose.push(line);
  }
  flush();
  return done.join('\n');
}

// A code span ends with as many backticks as it begins with. https://spec.commonmark.org/0.31.2/#code-spans
function outsideOfSpans(text, change) {
  return text
    .split(/((?<!`)(`+)(?!`)[\s\S]*?[^`]\2(?!`))/)
    .filter((_, at) => at % 3 !== 2)
    .map((piece, at) => (at % 2 === 0 ? change(piece) : piece))
    .join('');
}

/** The text with every target of a link put through `change`. */
export function withLinks(text, change) {
  // The text of a link may hold code, so the target alone is looked for.
  return outsideOfCode(text, (piece) =>
    piece
      .replace(/\]\(([^()\s]+)\)/g, (_, target) => `](${change(target)})`)
      .replace(
        /(<(?:img|source)\b[^>]*? (?:src|srcset)=")([^"\s]+)"/g,
        (_, before, target) => `${before}${change(target)}"`,
      ),
  );
}

/** The anchor that GitHub gives a heading, so that a link works there and on the site. */
export function slug(title) {
  return title
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replace(/ /g, '-');
}
