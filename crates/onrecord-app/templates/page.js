// What a script adds to the pages, all of which work without it: words and notes that light up together, keys, words
// that are selected to correct a statement, files dropped on the page, answers and names while one types.
"use strict";

// Words and notes that belong together.
const of = (number) => document.querySelectorAll(`[data-s="${CSS.escape(number)}"]`);
let lit = null;
function light(number) {
  if (number === lit) return;
  document.querySelectorAll(".lit").forEach((element) => element.classList.remove("lit"));
  lit = number;
  if (number !== null) of(number).forEach((element) => element.classList.add("lit"));
}
const numberAt = (element) => element.closest?.("[data-s]")?.dataset.s ?? null;
document.addEventListener("pointerover", (event) => light(numberAt(event.target)));
document.addEventListener("focusin", (event) => light(numberAt(event.target)));

// Keys: from statement to statement; and on the page of one, the buttons.
const numbers = [...document.querySelectorAll("a.ref")];
function step(by) {
  const at = numbers.findIndex((link) => link.dataset.s === lit);
  const next = numbers[at < 0 ? (by > 0 ? 0 : numbers.length - 1) : at + by];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "center" });
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "Escape") { document.activeElement.blur(); light(null); }
  else if (event.key === "/") { event.preventDefault(); document.querySelector("input[type=search]").focus(); }
  else if (!check(event.key)) document.querySelector(`button[data-key="${CSS.escape(event.key)}"]:not([hidden] *)`)?.click();
});

// On an article's page the keys of checking are for the statement that is lit.
function check(key) {
  const note = lit === null ? null : document.getElementById(`n${lit}`)?.querySelector("form.check");
  const wanted = { a: "[value=accept]", r: "[value=reject]", c: "a" }[key];
  const found = note && wanted ? note.querySelector(wanted) : null;
  found?.click();
  return found !== null;
}

// Selected words become those of a role. The server finds them again: it is told the words, and near which code point of
// the text they stand.
const pick = document.getElementById("pick");
let selected = null;
const plain = (range) => {
  const words = range.cloneContents();
  words.querySelectorAll("a.ref, .notes").forEach((element) => element.remove());
  return words.textContent;
};
function selection() {
  const range = getSelection().rangeCount > 0 ? getSelection().getRangeAt(0) : null;
  const inside = range?.startContainer.parentElement?.closest("[data-at]");
  if (!inside || range.startContainer.parentElement.closest(".notes") || range.collapsed || plain(range).trim() === "") return null;
  const before = new Range();
  before.setStart(inside, 0);
  before.setEnd(range.startContainer, range.startOffset);
  return { words: plain(range).trim(), near: Number(inside.dataset.at) + [...plain(before).trimStart()].length };
}
if (pick) {
  const field = (role) => document.querySelector(`.roles [name=${role}]`);
  document.addEventListener("selectionchange", () => {
    selected = selection() ?? (pick.contains(document.activeElement) ? selected : null);
    pick.hidden = selected === null;
  });
  pick.addEventListener("pointerdown", (event) => event.preventDefault());
  pick.addEventListener("click", (event) => {
    const role = event.target.dataset.role;
    if (!role || selected === null) return;
    field(role).value = selected.words.replace(/\s+/g, " ");
    field(`${role}_near`).value = selected.near;
    const closed = field(role).closest("details:not([open])");
    if (closed) closed.open = true;
    getSelection().removeAllRanges();
    field(role).scrollIntoView({ block: "nearest" });
  });
  // what is typed is looked for near where the statement stands
  for (const role of ["source", "cue", "content"]) field(role).addEventListener("input", () => { field(`${role}_near`).value = ""; });
}

// A file dropped on the front page is read; one too large is refused before it is sent.
const give = document.getElementById("give");
if (give) {
  const file = give.elements.file;
  const fits = () => {
    const large = [...file.files].some((one) => one.size > 10 * 1024 * 1024) || give.elements.text.value.length > 10 * 1024 * 1024;
    file.setCustomValidity(large ? "Larger than 10 MB, more than this page takes at a time." : "");
    return file.reportValidity();
  };
  give.addEventListener("submit", (event) => { if (!fits()) event.preventDefault(); });
  file.addEventListener("change", fits);
  document.addEventListener("dragover", (event) => { event.preventDefault(); give.classList.add("over"); });
  document.addEventListener("dragleave", () => give.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    give.classList.remove("over");
    if (event.dataTransfer.files.length > 0) { file.files = event.dataTransfer.files; if (fits()) give.submit(); }
    else give.elements.text.value = event.dataTransfer.getData("text");
  });
}

// What is fetched while one types, once the typing rests; a later answer is not overtaken by an earlier one.
function whileTyped(field, address, show) {
  let last = 0;
  field.addEventListener("input", async () => {
    const turn = ++last;
    await new Promise((done) => setTimeout(done, 120));
    if (turn !== last) return;
    const answer = await fetch(address());
    if (turn === last && answer.ok) await show(answer);
  });
}

// On the search's own page the answer follows the typing.
const results = document.getElementById("results");
if (results) {
  const address = () => {
    const address = new URL(location.href);
    address.searchParams.set("words", document.querySelector("input[type=search]").value);
    address.searchParams.delete("page");
    return address;
  };
  whileTyped(document.querySelector("input[type=search]"), address, async (answer) => {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    results.replaceChildren(...page.getElementById("results").childNodes);
    history.replaceState(null, "", answer.url);
  });
}

// Fields for a name offer those that there are, behind the last semicolon where several are named; a field that takes
// numbers, the numbers of those who have the same name.
for (const field of document.querySelectorAll("input[data-names]")) {
  const typed = () => field.value.split(";").at(-1).trim();
  const address = () => `/api/names?words=${encodeURIComponent(typed())}`;
  whileTyped(field, address, async (answer) => {
    const notes = await answer.json();
    const before = field.value.slice(0, field.value.length - typed().length);
    const option = ({ entity, statements }) => {
      const isOnly = notes.filter((note) => note.entity.name === entity.name).length === 1;
      return Object.assign(document.createElement("option"), {
        value: before + (isOnly || field.dataset.names !== "numbers" ? entity.name : `@${entity.id}`),
        label: `${entity.name}, ${entity.type}, ${statements}`,
      });
    };
    field.list.replaceChildren(...notes.map(option));
  });
}
