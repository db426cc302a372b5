// The summit as a page of plain forms. Python holds the game and sends what can be seen (`view`); the page
// sends what the player does (`sent`). Points of the other delegations are never in the page.

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== null) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

let made = 0;
const fresh = () => `tumen-summit-${(made += 1)}-${Math.random().toString(36).slice(2, 7)}`;

function field(label, control) {
  control.id = fresh();
  return element("div", { class: "tumen-field" }, element("label", { for: control.id }, label), control);
}

function choice(type, name, value, words, checked = false) {
  const input = element("input", { type, name, value, id: fresh(), checked });
  return element("div", { class: "tumen-choice" }, input, element("label", { for: input.id }, words));
}

const points = (number) => `${number} ${number === 1 ? "point" : "points"}`;

function dealList(deal) {
  return element("ul", { class: "tumen-deal" },
    ...deal.map((one) => element("li", {}, `${one.issue}: ${one.option}`)));
}

function chooseForm(view, send) {
  const name = fresh();
  const seats = view.delegations.map((one) => choice("radio", name, one.code,
    `${one.name}${one.veto ? " (on the river: nothing without it)" : ""}. ${one.interest}`,
    one.code === "MNG"));
  const style = element("select", {},
    ...view.styles.map((one) => element("option", { value: one.key, selected: one.key === "mixed" },
      `${one.key}: ${one.words}`)));
  const seed = element("input", { type: "text", inputmode: "numeric", size: "7", value: "1" });
  const guess = element("select", {}, element("option", { value: "" }, "no guess"),
    ...view.delegations.map((one) => element("option", { value: one.code }, one.name)));
  const more = view.delegations.map((one) => choice("checkbox", `${name}-more`, one.code, one.name));
  const form = element("form", {},
    element("h3", {}, "The Tumen summit: take your seat"),
    element("fieldset", {}, element("legend", {}, "Your delegation"), ...seats),
    field("The others negotiate", style),
    field("Seed (the same number, the same game)", seed),
    field("Your guess: hardest to win", guess),
    element("details", {}, element("summary", {}, "Friends at the same keyboard"),
      element("fieldset", {}, element("legend", {}, "Delegations that other people here play"), ...more)),
    element("p", {}, element("button", { type: "submit", class: "tumen-main" }, "Open the talks")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const mine = form.querySelector('input[type="radio"]:checked');
    const others = [...form.querySelectorAll('input[type="checkbox"]:checked')].map((one) => one.value);
    send({ what: "begin", people: [mine ? mine.value : "", ...others], style: style.value,
      seed: seed.value, guess: guess.value });
  });
  return form;
}

function replyItem(one, take) {
  const item = element("li", {}, element("strong", {}, `${one.name}: ${one.word}. `), one.words);
  item.style.borderLeftColor = one.colour;
  if (one.counter && take) {
    const button = element("button", { type: "button" }, `Put ${one.name}'s proposal into my offer`);
    button.addEventListener("click", () => take(one.counter));
    item.append(element("p", {}, `Their proposal is worth ${points(one.worth)} to you. `, button));
  }
  return item;
}

function turnPart(turn, take, isNewest) {
  const title = element("h4", isNewest ? { tabindex: "-1", class: "tumen-newest" } : {},
    turn.kind === "vote" ? turn.title : `${turn.title}. ${turn.words}`);
  const part = element("section", {}, title, dealList(turn.deal));
  if (turn.kind === "vote") part.append(element("p", {}, element("strong", {}, turn.words)));
  if (turn.replies.length) {
    part.append(element("ul", { class: "tumen-replies" }, ...turn.replies.map((one) => replyItem(one, take))));
  }
  return part;
}

function offerForm(view, send) {
  const worth = element("p", { class: "tumen-worth", "aria-live": "polite" });
  const selects = view.issues.map((issue) => {
    const select = element("select", { "data-issue": issue.key },
      ...issue.options.map((one) => element("option",
        { value: one.key, selected: view.deal[issue.key] === one.key }, `${one.name} (${one.points})`)));
    return select;
  });
  const tell = () => {
    const total = view.issues.reduce((sum, issue, place) =>
      sum + issue.options.find((one) => one.key === selects[place].value).points, 0);
    const missing = view.walk_away - total;
    worth.textContent = `This deal is worth ${points(total)} to you. ` + (missing > 0
      ? `You sign from ${view.walk_away}: ${missing} too few.` : `You sign from ${view.walk_away}.`);
  };
  const form = element("form", {},
    element("fieldset", {}, element("legend", {}, "Your offer (your own points in brackets)"),
      ...view.issues.map((issue, place) => field(issue.name, selects[place])), worth,
      element("button", { type: "submit", class: "tumen-main" }, "Make this offer")));
  selects.forEach((select) => select.addEventListener("change", tell));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const deal = Object.fromEntries(selects.map((select) => [select.dataset.issue, select.value]));
    send({ what: "offer", deal });
  });
  tell();
  const take = (deal) => {
    selects.forEach((select) => { select.value = deal[select.dataset.issue]; });
    tell();
    selects[0].focus();
  };
  return [form, take];
}

function voteForm(view, send) {
  if (!view.table.length) {
    return element("p", {}, view.turns.length
      ? "Nothing on the table reaches what you need to sign, so there is nothing to put to the vote."
      : "Once an offer is on the table, it can be put to the vote.");
  }
  const select = element("select", {}, ...view.table.map((one) =>
    element("option", { value: String(one.number) }, `${points(one.worth)} for you. ${one.words}`)));
  const refusing = view.others.map((one) =>
    choice("checkbox", fresh(), one.code, `${one.name} does not sign`));
  // The list shows the beginning of a deal only; below it stands the whole of the one chosen.
  const whole = element("div");
  const tell = () => {
    const chosen = view.table.find((one) => String(one.number) === select.value);
    whole.replaceChildren(dealList(chosen.deal));
  };
  select.addEventListener("change", tell);
  tell();
  const form = element("form", {},
    element("fieldset", {}, element("legend", {}, `Put a deal to the vote (votes left: ${view.votes})`),
      field("Which deal", select), whole, ...refusing,
      element("button", { type: "submit" }, "Call the vote")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const absent = [...form.querySelectorAll("input:checked")].map((one) => one.value);
    send({ what: "vote", number: Number(select.value), refusing: absent });
  });
  return form;
}

function talks(view, send) {
  const parts = [];
  const header = element("h3", {},
    `Round ${view.round} of ${view.rounds}: you speak for ${view.name}`);
  const [offer, take] = offerForm(view, send);
  const own = [];
  if (view.turns.length) own.push(turnPart(view.turns[view.turns.length - 1], take, true));
  own.push(offer, voteForm(view, send));
  const mission = element("p", {}, `Your aim: ${view.interest} You sign nothing below `,
    element("strong", {}, points(view.walk_away)), `. ${view.rule}`);
  if (view.others.length) {
    const hidden = element("div", { hidden: true }, mission, ...own);
    const show = element("button", { type: "button", class: "tumen-main" },
      `I am ${view.name}: show my points`);
    show.addEventListener("click", () => { hidden.hidden = false; show.remove(); });
    parts.push(header, element("p", {}, `Hand the keyboard to ${view.name}. The others look away.`), show, hidden);
  } else parts.push(header, mission, ...own);
  return parts;
}

function over(view, send) {
  const again = element("button", { type: "button", class: "tumen-main" }, "Play again");
  again.addEventListener("click", () => send({ what: "again" }));
  const last = view.turns.length ? [turnPart(view.turns[view.turns.length - 1], null, true)] : [];
  return [element("h3", {}, "The summit is over"), ...last,
    element("p", { class: "tumen-ending" }, view.ending), element("p", {}, again)];
}

function history(view) {
  if (!view.turns.length) return [];
  return [element("details", {}, element("summary", {}, "The talks before that, and this game in one line"),
    ...view.turns.slice(0, -1).map((turn) => turnPart(turn, null, false)),
    element("p", {}, "This game in one line, to keep or to send: ", element("code", {}, view.saved)))];
}

function render({ model, el }) {
  const box = element("section", { class: "tumen-summit", "aria-label": "The Tumen summit" });
  const spoken = element("div", { class: "tumen-unseen", role: "status", "aria-live": "polite" });
  const problem = element("p", { class: "tumen-problem", role: "alert" });
  const body = element("div");
  box.append(spoken, body, problem);
  const send = (what) => {
    model.set("sent", { ...what, at: Date.now() });
    model.save_changes();
  };
  let count = -1;
  const show = () => {
    const view = model.get("view");
    problem.textContent = view.problem || "";
    const isNew = count >= 0;
    count = view.count;
    if (view.problem) return; // what was typed stays as it is
    const parts = view.phase === "choose" ? [chooseForm(view, send)]
      : view.phase === "talks" ? talks(view, send) : over(view, send);
    body.replaceChildren(...parts, ...(view.phase === "choose" ? [] : history(view)));
    if (!isNew) return;
    // What was pressed is gone: the keyboard goes on at what is new. A heading that gets the focus is
    // read out by itself; the live region says what it leaves out, and nothing a second time.
    const shown = (one) => one.offsetParent !== null;
    const newest = [...body.querySelectorAll(".tumen-newest")].find(shown);
    const last = view.turns && view.turns.length ? view.turns[view.turns.length - 1] : null;
    spoken.textContent = view.phase === "over" ? view.ending
      : last && !newest ? `${last.title}. ${last.words}` : "";
    (newest || [...body.querySelectorAll("input, select, button")].find(shown))?.focus();
  };
  // The lab's own keyboard shortcuts must not take the arrows, letters and Enter meant for the forms.
  // Escape gives the keyboard back to the cell.
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") box.closest(".jp-Cell")?.focus();
    event.stopPropagation();
  });
  show();
  model.on("change:view", show);
  el.append(box);
  return () => model.off("change:view", show);
}

export default { render };
