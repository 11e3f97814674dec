// What a reader's eye would trip over in one chart: letters too small or too large, words on words, lines through words, words past the edge.
(figure) => {
  const box = (element) => element.getBoundingClientRect();
  const seen = (element) => getComputedStyle(element).display !== "none" && box(element).width > 0;
  const inPlot = [...figure.querySelectorAll("svg text")].filter(seen);
  const spoken = [...figure.querySelectorAll("p, li, h2, h3, small")].filter(seen);
  const named = (element) => element.textContent.trim().slice(0, 40);
  const problems = [];
  for (const text of [...inPlot, ...figure.querySelectorAll(".samples li, .flags li, .source, .strip small, .multiples p")]) {
    const size = parseFloat(getComputedStyle(text).fontSize);
    const scale = text.getScreenCTM ? text.getScreenCTM().a : 1;
    if (seen(text) && (size * scale < 12 || size * scale > 16)) problems.push(`letters of ${size * scale} px: ${named(text)}`);
  }
  const edge = document.documentElement.clientWidth;
  for (const text of [...inPlot, ...spoken]) {
    if (box(text).left < -0.5 || box(text).right > edge + 0.5) problems.push(`past the edge: ${named(text)}`);
  }
  const deep = (one, other) => Math.min(
    Math.min(one.right, other.right) - Math.max(one.left, other.left), Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top));
  inPlot.forEach((text, index) => inPlot.slice(index + 1).forEach((other) => {
    const ink = (element) => { const b = box(element), cut = b.height * 0.16; return {left: b.left, right: b.right, top: b.top + cut, bottom: b.bottom - cut}; };
    if (deep(ink(text), ink(other)) > 1) problems.push(`${named(text)} meets ${named(other)}`);
  }));
  const pointsOf = (path) => {
    const matrix = path.getScreenCTM(), long = path.getTotalLength(), steps = Math.min(1500, Math.max(2, Math.ceil(long / 3)));
    return Array.from({length: steps + 1}, (_, step) => path.getPointAtLength(long * step / steps).matrixTransform(matrix));
  };
  for (const shape of [...figure.querySelectorAll("svg line, svg path, svg rect")].filter((shape) => box(shape).width + box(shape).height > 0 && shape.closest(".plot, .strip-plot"))) {
    const filled = getComputedStyle(shape).fill !== "none", stroked = getComputedStyle(shape).stroke !== "none";
    const drawn = shape.tagName === "path" && stroked ? pointsOf(shape) : [];
    for (const text of inPlot) {
      const b = box(text), height = b.height, inner = {left: b.left + 1, right: b.right - 1, top: b.top + height * 0.2, bottom: b.bottom - height * 0.22};
      const hit = (point) => point.x > inner.left && point.x < inner.right && point.y > inner.top && point.y < inner.bottom;
      let through = drawn.some(hit);
      if (shape.tagName === "line") {
        const l = box(shape);
        through = l.left < inner.right && l.right > inner.left && l.top < inner.bottom && l.bottom > inner.top;
      } else if (shape.tagName === "rect" && filled) {
        through = deep(box(shape), inner) > 1;
      }
      if (through) problems.push(`a ${shape.tagName} runs through: ${named(text)}`);
    }
  }
  return problems;
}
