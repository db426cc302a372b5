// Brings a page of the course to life: charts in the place of their pictures, and questions that the page
// answers from what Python has judged beforehand. Nothing is kept, and nothing leaves the page.
"use strict";

const dataOf = (element) => JSON.parse(element.querySelector("script[type='application/json']").textContent);

// Charts -------------------------------------------------------------------------------------------

async function paint(figure) {
  const drawn = figure.querySelector(".tumen-drawn");
  const live = document.createElement("div");
  live.className = "tumen-live";
  await window.vegaEmbed(live, dataOf(figure), { actions: false, renderer: "svg", defaultStyle: false });
  drawn.replaceChildren(live);
  figure.dataset.live = "";
  tellAgain(figure);
}

// A control that was moved before its chart was there says again what it is set to.
function tellAgain(figure) {
  const output = figure.closest(".jp-OutputArea-child")?.previousElementSibling;
  const form = output?.querySelector("form.tumen-explorable");
  for (const control of form?.elements ?? []) {
    if (control.name) control.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

async function paintAll() {
  const figures = [...document.querySelectorAll(".tumen-chart")];
  // First what the reader sees; between two charts the page answers her.
  const distance = (figure) => Math.abs(figure.getBoundingClientRect().top);
  figures.sort((one, other) => distance(one) - distance(other));
  for (const figure of figures) {
    await paint(figure).catch((problem) => console.error(problem)); // the picture stays
    await new Promise((resolve) => setTimeout(resolve));
  }
  document.documentElement.dataset.charts = "live";
}

// Questions ----------------------------------------------------------------------------------------

const GIVEN = /\ue000/g;

function escaped(text) {
  const element = document.createElement("span");
  element.textContent = text;
  return element.innerHTML;
}

function replyToNumber(data, text) {
  let written = text.replace(/[\s_\u00a0\u202f]/g, "").replace("\u2212", "-").replace(/^\+/, "");
  if (written === "" || written === "...") return [data.missing, ""];
  if (/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(written)) written = written.replaceAll(",", "");
  if (!/^-?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,4})?$/i.test(written) || !Number.isFinite(Number(written))) {
    return [data.unreadable, text.slice(0, 40)];
  }
  const value = Number(written);
  const named = `${value} ${data.units[value === 1 ? 1 : 0]}`.trim();
  for (const [bound, at, below] of data.pieces) {
    if (value < bound) return [below, named];
    if (value === bound) return [at, named];
  }
  return [data.above, named];
}

function replyTo(data, answer) {
  if (data.kind === "number") return replyToNumber(data, answer);
  if (data.kind !== "order") return [data.keys[[...answer].sort((a, b) => a - b).join(",")], ""];
  // An order is judged by the first item that stands too early.
  const begun = answer.map((_, place) => answer.slice(0, place + 1).join(","));
  return [data.keys[begun.find((key) => key in data.keys)], ""];
}

// What the form of the notebooks asks of its kernel, answered by the page.
function modelOf(data) {
  const values = { ...data, given: null, reply: "", status: "", settled: false };
  const listeners = [];
  const model = {
    get: (name) => values[name],
    on: (event, listener) => listeners.push([event, listener]),
    off: () => {},
    set(name, value) { values[name] = value; },
    save_changes() {
      const [place, given] = replyTo(data, values.submitted.answer);
      const { status, html } = data.replies[place];
      values.reply = html.replace(GIVEN, () => escaped(given));
      values.status = status;
      values.settled = status === "right" || status === "noted";
      for (const [event, listener] of listeners) if (event === "change:reply") listener();
    },
  };
  return model;
}

function ask(element) {
  const data = dataOf(element);
  const form = document.createElement("div");
  window.tumenQuestion({ model: modelOf(data), el: form });
  element.replaceChildren(form);
}

// Pages --------------------------------------------------------------------------------------------

// What scrolls sideways must be reached by keyboard; what does not is no stop on the way.
const SCROLLING = {
  tabindex: "0", role: "group", "aria-label": "Wider than the screen: scroll sideways",
};

function markScrolling(box) {
  const scrolls = box.scrollWidth > box.clientWidth + 1;
  for (const [name, value] of Object.entries(SCROLLING)) {
    if (scrolls) box.setAttribute(name, value); else box.removeAttribute(name);
  }
}

function begin() {
  document.querySelectorAll(".tumen-asked").forEach(ask);
  document.documentElement.dataset.questions = "live";
  const boxes = document.querySelectorAll(".tumen-drawn, .tumen-scrolls");
  // A box changes with the window, and when the guess that held it back is made.
  const watch = new ResizeObserver((changes) => changes.forEach((one) => markScrolling(one.target)));
  boxes.forEach((box) => watch.observe(box));
  paintAll().then(() => boxes.forEach(markScrolling));
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
else begin();
