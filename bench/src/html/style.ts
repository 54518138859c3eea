// How a report looks, on paper that is light or dark.

export const style = `
:root {
  color-scheme: light dark;
  --paper: #fcfcfa; --ink: #1d2127; --soft: #5d6672; --line: #dcdfe3; --card: #ffffff; --good: #1a7f37; --bad: #b3261e;
  --one: #2f6fb5; --two: #d07a1f; --three: #2f8f6b; --four: #8a5bb5; --five: #b8476b; --six: #6d7b2f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171b; --ink: #e4e7eb; --soft: #9aa4b0; --line: #2d333b; --card: #1b1f25; --good: #57c271; --bad: #f2877e;
    --one: #6aa9ea; --two: #eba050; --three: #5cc39a; --four: #b793de; --five: #e5809f; --six: #a9b765;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem clamp(0.75rem, 3vw, 2rem) 4rem; max-width: 72rem;
  background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif;
}
h1 { font-size: 1.6rem; margin: 0 0 0.25rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 0.25rem; padding-top: 0.75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.5rem 0 0.5rem; }
p, .method { color: var(--soft); max-width: 50rem; margin: 0.25rem 0 0.75rem; }
nav ul, .legend { list-style: none; margin: 1rem 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; }
a { color: var(--one); }
figure { margin: 1rem 0; padding: 0.75rem; background: var(--card); border: 1px solid var(--line); border-radius: 6px; }
figcaption { font-weight: 600; }
figcaption small { display: block; font-weight: 400; color: var(--soft); }
[data-chart] { overflow: hidden; min-height: 8rem; }
[data-chart] svg { display: block; max-width: 100%; }
.legend { margin: 0.5rem 0; font-size: 0.85rem; }
.legend li::before { content: ''; display: inline-block; width: 0.8em; height: 0.8em; margin-right: 0.4em; border-radius: 2px; background: var(--color); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.85rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: 0.75rem 0 0.25rem; }
th, td { padding: 0.2rem 0.75rem 0.2rem 0; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; font-weight: 400; white-space: pre-wrap; min-width: 11rem; }
thead th { color: var(--soft); font-weight: 600; }
details > summary { cursor: pointer; color: var(--soft); margin: 0.5rem 0; }
.targets td:first-child { max-width: 34rem; }
.targets .met { color: var(--good); } .targets .missed { color: var(--bad); } .targets .unknown { color: var(--soft); }
`;
