// A deck in the browser: reveal.js, charts as large as a slide allows, sources beside what they prove.
"use strict";

const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

// Controls keep the keys that move them. A presenter's remote sends PageUp and PageDown, and Escape leaves.
function giveKeysBack(event) {
  const control = event.target.closest?.("form.tumen-explorable");
  if (!control) return;
  const turn = { PageDown: () => Reveal.next(), PageUp: () => Reveal.prev(), Escape: () => {} }[event.key];
  if (!turn) return;
  event.preventDefault();
  event.stopPropagation();
  event.target.blur();
  turn();
}

// Charts -------------------------------------------------------------------------------------------

// Room that text on the same slide leaves over is shared in one of two ways: controls above the chart or
// beside it. The larger chart wins. Where there are many controls, they stand closer together.
function arrange(slide) {
  const svg = slide.querySelector(".tumen-drawn :is(svg, img)");
  const form = slide.querySelector("form.tumen-explorable");
  if (!svg || !form) return;
  const [width, height] = svg.viewBox?.baseVal?.width
    ? [svg.viewBox.baseVal.width, svg.viewBox.baseVal.height]
    : [svg.naturalWidth, svg.naturalHeight];
  const scale = () => {
    const box = slide.querySelector(".tumen-drawn");
    return Math.min(box.clientWidth / width, box.clientHeight / height);
  };
  slide.classList.remove("tumen-beside", "tumen-tight");
  const above = scale();
  slide.classList.add("tumen-beside");
  if (scale() <= above * 1.1) slide.classList.remove("tumen-beside");
  else slide.classList.toggle("tumen-tight", form.offsetHeight > form.closest(".tumen-piece").clientHeight);
}

// Fonts differ from one machine to the next: a slide whose text does not fit is set in a smaller size.
function fits(inner) {
  const end = inner.getBoundingClientRect();
  const scale = end.height / inner.offsetHeight;
  const floor = end.bottom - parseFloat(getComputedStyle(inner).paddingBottom) * scale;
  return [...inner.children].every((child) => {
    const box = child.getBoundingClientRect();
    return box.height === 0 || (box.bottom <= floor + 1 && box.top >= end.top);
  });
}

function fit(slide) {
  const inner = slide.querySelector(".tumen-slide");
  if (!inner || slide.matches(".slide-chart, .slide-sources")) return;
  const steps = ["tumen-smaller", "tumen-smallest"];
  slide.classList.remove(...steps);
  for (const step of steps) {
    if (fits(inner)) return;
    slide.classList.remove(...steps);
    slide.classList.add(step);
  }
}

function lay(slide) {
  if (!slide) return;
  fit(slide);
  arrange(slide);
}

function layAll() {
  for (const inner of document.querySelectorAll(".tumen-slide")) lay(inner.parentElement);
}

function markCharts() {
  for (const child of document.querySelectorAll(".tumen-piece-chart > .jp-OutputArea-child")) {
    if (child.querySelector("figure.tumen-chart")) child.classList.add("tumen-holds-chart");
    if (child.querySelector("form.tumen-explorable")) child.classList.add("tumen-holds-controls");
  }
}

// Sources ------------------------------------------------------------------------------------------

function showSource(event) {
  const link = event.target.closest?.(".tumen-slide a[href^='#']");
  if (!link) return;
  // Before reveal.js, which would turn to the slide that lists all sources.
  event.preventDefault();
  event.stopPropagation();
  const row = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!row) return;
  const dialog = document.querySelector("dialog.tumen-source");
  dialog.firstElementChild.innerHTML = row.innerHTML;
  dialog.showModal();
}

// Votes --------------------------------------------------------------------------------------------

function markAnswers() {
  for (const answer of document.querySelectorAll(".tumen-piece-answer")) {
    const shown = answer.classList.contains("visible") || Reveal.isPrintView();
    answer.closest(".tumen-slide").classList.toggle("tumen-shown", shown);
  }
}

// All ----------------------------------------------------------------------------------------------

async function begin() {
  markCharts();
  addEventListener("keydown", giveKeysBack, { capture: true });
  const dialog = document.querySelector("dialog.tumen-source");
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  addEventListener("click", showSource, { capture: true });
  const deck = Reveal;
  deck.on("fragmentshown", markAnswers);
  deck.on("fragmenthidden", markAnswers);
  deck.on("slidechanged", () => { markAnswers(); lay(deck.getCurrentSlide()); });
  deck.on("pdf-ready", () => { markAnswers(); layAll(); });
  await deck.initialize({
    width: 1280, height: 720, margin: 0, center: false, minScale: 0.1, maxScale: 4,
    hash: true, history: true, controls: true, progress: true, slideNumber: "c/t",
    navigationMode: "linear", transition: calm ? "none" : "fade", backgroundTransition: "none",
    pdfSeparateFragments: false, plugins: [RevealNotes],
  });
  const observer = new MutationObserver(() => (deck.isPrintView() ? layAll() : lay(deck.getCurrentSlide())));
  observer.observe(document.documentElement, { attributeFilter: ["data-charts"] });
  markAnswers();
  lay(deck.getCurrentSlide());
  document.documentElement.dataset.deck = "ready";
}

begin();
