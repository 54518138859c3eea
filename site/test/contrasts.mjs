// Runs in a page: can its text be read?

/** Of every element with text: how far its colour is from what is behind it. https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio */
export function contrasts() {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const over = (colors) => {
    if (canvas === null) return [];
    for (const color of colors) {
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = ([red = 0, green = 0, blue = 0]) => {
    const [r = 0, g = 0, b = 0] = [red, green, blue].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const found = [];
  for (const element of document.querySelectorAll('main *')) {
    const text =
      [...element.childNodes].find((node) => node.nodeType === 3 && node.textContent?.trim())?.textContent ?? '';
    if (text === '' || element.offsetParent === null || element.closest('.tools, :disabled')) continue;
    const behind = [];
    for (let at = element; at !== null; at = at.parentElement) behind.unshift(getComputedStyle(at).backgroundColor);
    const back = luminance(over(['white', ...behind]));
    const front = luminance(over(['white', ...behind, getComputedStyle(element).color]));
    const ratio = (Math.max(back, front) + 0.05) / (Math.min(back, front) + 0.05);
    found.push({ text: text.slice(0, 40), ratio: Math.round(ratio * 100) / 100 });
  }
  return found;
}
