// The search page: its facets where they are counted after it, and its keys: "/" goes to the box, j and k from
// hit to hit, n and p from page to page.
"use strict";

// Facets of many hits come after the hits; without this script a link leads to them.
const later = document.querySelector("[data-facets]");
if (later) {
  const aside = later.closest("aside");
  aside.setAttribute("aria-busy", "true");
  fetch(later.dataset.facets)
    .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
    .then((facets) => {
      aside.innerHTML = facets;
    })
    .catch(() => {})
    .finally(() => aside.removeAttribute("aria-busy"));
}

const hits = [...document.querySelectorAll(".hits h2 a")];
const step = { j: 1, k: -1 };
const turn = { n: "next", p: "prev" };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("q").select();
  } else if (event.key in step && hits.length) {
    const at = hits.indexOf(document.activeElement);
    const next = at < 0 ? 0 : Math.min(hits.length - 1, Math.max(0, at + step[event.key]));
    hits[next].focus();
  } else if (event.key in turn) {
    document.querySelector(`a[rel="${turn[event.key]}"]`)?.click();
  }
});
