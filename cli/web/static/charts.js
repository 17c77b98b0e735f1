// Draws the charts of a page: each <figure data-spec> names the address of a Vega-Lite specification.
// Expressions are interpreted, not compiled, as the Content-Security-Policy forbids eval.
"use strict";

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const drawn = new Map();

// Inks of the charts by the colours of the page, which change with light and dark.
const INKS = { "#222222": "--ink", "#6B6B6B": "--quiet", "#D9DEE3": "--line", "#E6E6E6": "--line", white: "--paper" };
// The pale end of shares, glaring in the dark.
const FAINT = "#F1F5F9";
const MARKS = ["color", "fill", "stroke"];
const NARROW = 36;

function colours() {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(name).trim();
}

function inked(part, colour) {
  const own = { ...part };
  if (own.mark?.type) {
    const marks = MARKS.filter((name) => own.mark[name] in INKS);
    own.mark = { ...own.mark, ...Object.fromEntries(marks.map((name) => [name, colour(INKS[own.mark[name]])])) };
  }
  const fill = own.encoding?.fill?.condition;
  if (fill?.value === "white") {
    own.encoding = { ...own.encoding, fill: { ...own.encoding.fill, condition: { ...fill, value: colour("--paper") } } };
  }
  const shade = own.encoding?.color;
  if (dark.matches && shade?.scale?.range?.[0] === FAINT) {
    const range = [colour("--raised"), ...shade.scale.range.slice(1)];
    own.encoding = { ...own.encoding, color: { ...shade, scale: { ...shade.scale, range, interpolate: "rgb" } } };
  }
  if (shade?.condition && shade.value in INKS) {
    own.encoding = { ...own.encoding, color: { ...shade, value: colour(INKS[shade.value]) } };
  }
  if (own.title?.fontSize) own.title = { ...own.title, color: colour("--ink") };
  for (const name of ["layer", "concat"]) {
    if (own[name]) own[name] = own[name].map((each) => inked(each, colour));
  }
  return own;
}

function coloured(spec) {
  const colour = colours();
  const [ink, quiet, line] = ["--ink", "--quiet", "--line"].map(colour);
  const own = spec.config ?? {};
  const config = {
    ...own,
    background: "transparent",
    view: { ...own.view, stroke: "transparent" },
    axis: { ...own.axis, labelColor: ink, titleColor: quiet, gridColor: line, domainColor: quiet, tickColor: quiet },
    legend: { ...own.legend, labelColor: ink, titleColor: quiet },
    title: { ...own.title, color: ink, subtitleColor: quiet },
    text: { ...own.text, color: ink },
  };
  return { ...inked(spec, colour), background: "transparent", padding: { left: 0, top: 6, right: 10, bottom: 4 }, config };
}

// Columns of a chart are as wide as its years are far apart, so they shrink and grow with it.
function stretched(part, ratio) {
  const own = { ...part };
  if (own.mark?.type === "bar" && typeof own.mark.width === "number") own.mark = { ...own.mark, width: own.mark.width * ratio };
  if (own.mark?.type === "tick") own.mark = { ...own.mark, size: own.mark.size * ratio };
  if (own.encoding?.color?.legend?.columns && ratio < 0.75) {
    const { color } = own.encoding;
    own.encoding = { ...own.encoding, color: { ...color, legend: { ...color.legend, columns: 2 } } };
  }
  if (typeof own.encoding?.x?.value === "number") {
    own.mark = { ...own.mark, dx: 12 };
    own.encoding = { ...own.encoding, x: { value: "width" } };
  }
  if (own.layer) own.layer = own.layer.map((each) => stretched(each, ratio));
  return own;
}

function years(part) {
  const domain = part.encoding?.x?.scale?.domain ?? part.layer?.map(years).find(Boolean);
  return Array.isArray(domain) ? domain : domain ?? null;
}

// Small pictures side by side, as many in a row as fit, in rows of the same length.
function panelled(spec, room) {
  // Beside them the first one's axis and the last one's number; they may shrink a little to be one more.
  const [gap, width, beside] = [spec.spacing.column + 8, spec.concat[0].width, 84];
  const most = Math.max(1, Math.floor((room - beside + gap) / (width * 0.82 + gap)));
  const columns = Math.ceil(spec.concat.length / Math.ceil(spec.concat.length / Math.min(most, spec.columns + 1)));
  const wide = Math.floor((room - beside - (columns - 1) * gap) / columns);
  const each = (part) => {
    const own = stretched({ ...part, width: wide }, wide / width);
    return own.title?.limit ? { ...own, title: { ...own.title, limit: wide + gap - 12 } } : own;
  };
  return { ...spec, columns, spacing: { ...spec.spacing, column: gap }, concat: spec.concat.map(each) };
}

function fitted(spec, room) {
  if (spec.concat) return panelled(spec, room);
  if (typeof spec.width === "number") {
    const ratio = Math.min(1.6, (room - 60) / spec.width);
    const own = { ...stretched(spec, ratio), width: room, autosize: { type: "fit-x", contains: "padding" } };
    const [first, last] = years(spec) ?? [0, 0];
    const crowded = (room - 60) / (last - first || 1) < NARROW;
    return own.layer && crowded ? { ...own, layer: own.layer.filter((each) => each.mark.type !== "text") } : own;
  }
  const sort = spec.layer?.[0]?.encoding?.x?.sort;
  if (spec.width?.step && sort) {
    return { ...spec, width: { step: Math.max(46, Math.min(90, Math.floor((room - 110) / sort.length))) } };
  }
  return spec;
}

async function draw(figure, spec) {
  const drawing = figure.querySelector(".drawing");
  drawn.get(figure)?.view.finalize();
  const width = drawing.clientWidth;
  // The whole is named by the page; its parts are not read out.
  const container = document.createElement("div");
  container.setAttribute("aria-hidden", "true");
  drawing.replaceChildren(container);
  // It warns where rows have a height of their own, which fit well.
  const logger = vega.logger(vega.Error);
  const compiled = vegaLite.compile(fitted(coloured(spec), width), { logger }).spec;
  const view = new vega.View(vega.parse(compiled, null, { ast: true }), {
    renderer: "svg",
    container,
    expr: vega.expressionInterpreter,
    hover: true,
  });
  drawn.set(figure, { view, spec, width });
  await view.runAsync();
  if (drawing.scrollWidth > drawing.clientWidth) drawing.tabIndex = 0;
  else drawing.removeAttribute("tabindex");
  figure.dataset.drawn = "yes";
}

// What stands over a chart in a file stands beside it in a page, as text.
function told(figure, spec) {
  const { title, ...bare } = spec;
  figure.querySelector(".remarks").textContent = title?.subtitle ?? "";
  figure.querySelector(".drawing").setAttribute("aria-label", spec.description ?? title?.text ?? "");
  return bare;
}

function empty(spec) {
  const parts = [spec, ...(spec.layer ?? []), ...(spec.concat ?? []).flatMap((each) => [each, ...(each.layer ?? [])])];
  return !parts.some((each) => each.data?.values?.length);
}

async function load(figure) {
  try {
    const answer = await fetch(figure.dataset.spec);
    const spec = await answer.json();
    if (!answer.ok) throw new Error(spec.error);
    const bare = told(figure, spec);
    if (empty(bare)) {
      figure.querySelector(".drawing").textContent = figure.dataset.empty;
      figure.dataset.drawn = "empty";
      return;
    }
    await draw(figure, bare);
  } catch (error) {
    figure.querySelector(".drawing").textContent = `${figure.dataset.failed} ${error.message}`;
    figure.dataset.drawn = "no";
  }
}

const redraw = (changed) => drawn.forEach(({ spec, width }, figure) => {
  if (changed || figure.querySelector(".drawing").clientWidth !== width) draw(figure, spec);
});
let waiting = 0;
window.addEventListener("resize", () => {
  clearTimeout(waiting);
  waiting = setTimeout(redraw, 150, false);
});
dark.addEventListener("change", () => redraw(true));

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries.filter((each) => each.isIntersecting)) {
    seen.unobserve(entry.target);
    load(entry.target);
  }
}, { rootMargin: "400px" });
document.querySelectorAll("figure[data-spec]").forEach((figure) => seen.observe(figure));
// On paper all are there.
window.addEventListener("beforeprint", () => redraw(false));
