// Texts whose contrast with what is behind them is less than 4.5 to 1 (WCAG 2, level AA).
const rgb = (text) => (text.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
const light = ([r, g, b]) => {
  const [x, y, z] = [r, g, b].map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * x + 0.7152 * y + 0.0722 * z;
};
const behind = (element) => {
  for (let at = element; at; at = at.parentElement) {
    const color = rgb(getComputedStyle(at).backgroundColor);
    if (color.length < 4 || color[3] > 0) return color;
  }
  return [255, 255, 255];
};
const faint = [];
for (const element of document.querySelectorAll("body *")) {
  const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  if (!own || !element.getClientRects().length || element.closest("script, style, :disabled")) continue;
  const [x, y] = [light(rgb(getComputedStyle(element).color)), light(behind(element))].sort((a, b) => b - a);
  if ((x + 0.05) / (y + 0.05) < 4.5) faint.push(`${element.tagName} ${element.className}: ${element.textContent.slice(0, 40)}`);
}
return [...new Set(faint)];
