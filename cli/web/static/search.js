// Keys of the search page: "/" goes to the box, j and k from hit to hit, n and p from page to page.
"use strict";

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
