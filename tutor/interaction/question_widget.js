// One question as a form: fieldset and legend, radio buttons, check boxes, a field or an order, and a
// live region for the reply. The answer goes to Python, which judges it; no key is ever in the page.

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function html(tag, attributes, markup) {
  const made = element(tag, attributes);
  made.innerHTML = markup; // escaped by Python
  return made;
}

function choices(model, type, name) {
  const list = element("div", { class: "tumen-options" });
  model.get("options").forEach((option, place) => {
    const input = element("input", { type, name, value: String(place), id: `${name}-${place}` });
    const label = html("label", { for: input.id }, option);
    list.append(element("div", { class: "tumen-option" }, input, label));
  });
  return list;
}

function numberField(model, name) {
  const input = element("input", {
    type: "text", inputmode: "decimal", autocomplete: "off", id: `${name}-number`, size: "10",
    "aria-describedby": `${name}-unit`,
  });
  const unit = model.get("unit");
  return element("div", { class: "tumen-number" },
    element("label", { for: input.id }, "Your answer: "), input,
    element("span", { id: `${name}-unit` }, unit ? ` ${unit}` : ""));
}

function orderList(model, announce) {
  const list = element("ol", { class: "tumen-order" });
  const move = (item, step, button) => {
    const other = step < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    if (step < 0) other.before(item); else other.after(item);
    button.focus();
    const place = [...list.children].indexOf(item) + 1;
    announce(`${item.dataset.words}: now number ${place} of ${list.children.length}.`);
  };
  model.get("options").forEach((option, place) => {
    const text = html("span", { class: "tumen-order-text" }, option);
    const item = element("li", { "data-place": String(place) });
    item.dataset.words = text.textContent;
    for (const [step, sign, word] of [[-1, "↑", "earlier"], [1, "↓", "later"]]) {
      const button = element("button",
        { type: "button", "aria-label": `Move ${word}: ${text.textContent}` }, sign);
      button.addEventListener("click", () => move(item, step, button));
      item.append(button);
    }
    item.append(text);
    list.append(item);
  });
  return list;
}

function answerOf(form, kind) {
  if (kind === "number") return form.querySelector("input").value;
  if (kind === "order") return [...form.querySelectorAll("li")].map((li) => Number(li.dataset.place));
  const chosen = [...form.querySelectorAll("input:checked")].map((input) => Number(input.value));
  return kind === "choice" ? chosen.slice(0, 1) : chosen;
}

function restore(form, kind, answer) {
  if (answer === null || answer === undefined) return;
  if (kind === "number") { form.querySelector("input").value = answer; return; }
  if (kind === "order") {
    const list = form.querySelector("ol");
    for (const place of answer) list.append(list.querySelector(`[data-place="${place}"]`));
    return;
  }
  for (const place of answer) {
    const input = form.querySelector(`input[value="${place}"]`);
    if (input) input.checked = true;
  }
}

function render({ model, el }) {
  const kind = model.get("kind");
  const name = `tumen-${Math.random().toString(36).slice(2)}`;
  const reply = element("div", { class: "tumen-reply", role: "status", "aria-live": "polite" });
  // Once the button is gone, the keyboard goes on from here; it has no name, so that the reply is said once.
  const below = element("div", { class: "tumen-below", tabindex: "-1" }, reply);
  const announce = (words) => { moved.textContent = words; };
  const moved = element("div", { class: "tumen-unseen", "aria-live": "polite" });
  const fields = element("fieldset", {}, html("legend", {}, model.get("prompt")));
  if (kind === "number") fields.append(numberField(model, name));
  else if (kind === "order") fields.append(orderList(model, announce));
  else fields.append(choices(model, kind === "choice" ? "radio" : "checkbox", name));

  const submit = element("button", { type: "submit", class: "tumen-submit" }, model.get("button"));
  const actions = element("div", { class: "tumen-actions" }, submit);
  const form = element("form", { class: "tumen-question" }, fields, actions, moved, below);
  if (model.get("holds_back")) {
    const skip = element("button", { type: "button", class: "tumen-skip" }, "Show me without a guess");
    skip.addEventListener("click", () => {
      form.removeAttribute("data-waiting");
      announce("The chart is shown below.");
    });
    actions.append(skip);
  }
  // The lab's own keyboard shortcuts must not take the arrows, letters and Enter meant for the form.
  // Escape gives the keyboard back to the cell.
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") form.closest(".jp-Cell")?.focus();
    event.stopPropagation();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    model.set("submitted", { answer: answerOf(form, kind), count: Date.now() });
    model.save_changes();
  });

  let said = "";
  const show = () => {
    // Written once: whatever is written into a live region is said again.
    if (model.get("reply") !== said) {
      said = model.get("reply");
      reply.innerHTML = said; // escaped by Python
    }
    const answered = model.get("reply") !== "" && model.get("status") !== "missing"
      && model.get("status") !== "unreadable";
    form.toggleAttribute("data-waiting", model.get("holds_back") && !answered);
    if (model.get("settled")) {
      const hadFocus = form.contains(document.activeElement);
      fields.disabled = true;
      actions.remove();
      if (hadFocus) below.focus({ preventScroll: true });
    }
  };
  restore(form, kind, model.get("given"));
  show();
  model.on("change:reply", show);
  model.on("change:settled", show);
  el.append(form);
  return () => { model.off("change:reply", show); model.off("change:settled", show); };
}

export default { render };
