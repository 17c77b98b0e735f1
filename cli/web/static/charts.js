// Draws the charts of a page: each <figure data-spec> names the address of a Vega-Lite specification.
// Expressions are interpreted, not compiled, as the Content-Security-Policy forbids eval.
"use strict";

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const drawn = new Map();

function coloured(spec) {
  const style = getComputedStyle(document.documentElement);
  const [ink, quiet, line] = ["--ink", "--quiet", "--line"].map((name) => style.getPropertyValue(name).trim());
  const own = spec.config ?? {};
  return {
    ...spec,
    background: "transparent",
    config: {
      ...own,
      background: "transparent",
      view: { ...own.view, stroke: "transparent" },
      axis: { ...own.axis, labelColor: quiet, titleColor: quiet, gridColor: line, domainColor: line, tickColor: line },
      legend: { ...own.legend, labelColor: quiet, titleColor: quiet },
      header: { ...own.header, labelColor: ink, titleColor: quiet },
      title: { ...own.title, color: ink, subtitleColor: quiet },
      text: { ...own.text, color: ink },
    },
  };
}

async function draw(figure, spec) {
  drawn.get(figure)?.finalize();
  const compiled = vegaLite.compile(coloured(spec)).spec;
  const view = new vega.View(vega.parse(compiled, null, { ast: true }), {
    renderer: "svg",
    container: figure.querySelector(".drawing"),
    expr: vega.expressionInterpreter,
    hover: true,
  });
  drawn.set(figure, view);
  await view.runAsync();
  figure.dataset.drawn = "yes";
}

async function load(figure) {
  const answer = await fetch(figure.dataset.spec);
  if (!answer.ok) {
    figure.querySelector(".drawing").textContent = (await answer.json()).error;
    return;
  }
  const spec = await answer.json();
  await draw(figure, spec);
  dark.addEventListener("change", () => draw(figure, spec));
}

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries.filter((each) => each.isIntersecting)) {
    seen.unobserve(entry.target);
    load(entry.target);
  }
}, { rootMargin: "200px" });
document.querySelectorAll("figure[data-spec]").forEach((figure) => seen.observe(figure));
