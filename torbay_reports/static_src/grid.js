// The grid of a quarter: forecast and variance follow each other, totals follow both, and keys go up and down a column.
// Sums are whole hundredths, so that nothing is lost; what cannot be read here is left to the server.
const table = document.querySelector("[data-grid]");
const said = document.querySelector("[data-said]");
const PLACES = Number(table?.dataset.places ?? 0);
const NIL = /^(?:[-–—−]|nil)$/i;
const SUM = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?$/;

function read(text) {
  let rest = text.replace(/[\s\u00a0\u202f]/g, "");
  if (rest === "") return null;
  if (NIL.test(rest)) return 0n;
  let isNegative = false;
  if (rest.startsWith("(") && rest.endsWith(")")) {
    isNegative = true;
    rest = rest.slice(1, -1);
  }
  const mark = rest.replace("£", "");
  if (/^[-–−]/.test(mark)) {
    if (isNegative) return undefined;
    isNegative = true;
  }
  const match = SUM.exec(mark.replace(/^[-–−]/, ""));
  if (!match) return undefined;
  const hundredths = BigInt(match[1].replaceAll(",", "")) * 100n + BigInt((match[2] ?? "").padEnd(2, "0"));
  return isNegative ? -hundredths : hundredths;
}

function digits(hundredths, places) {
  const size = hundredths < 0n ? -hundredths : hundredths;
  const whole = (size / 100n).toLocaleString("en-GB");
  const part = String(size % 100n).padStart(2, "0");
  let wanted = places;
  if (part[1] !== "0") wanted = 2;
  else if (part[0] !== "0") wanted = Math.max(places, 1);
  return wanted ? `${whole}.${part.slice(0, wanted)}` : whole;
}

function asTyped(hundredths) {
  return (hundredths < 0n ? "-" : "") + digits(hundredths, 0);
}

function asShown(hundredths) {
  if (hundredths === null) return "-";
  if (hundredths === 0n) return "0";
  const text = digits(hundredths, PLACES);
  return hundredths < 0n ? `(${text})` : text;
}

const stored = (text) => (text === "" || text === undefined ? null : BigInt(text));
const box = (row, name) => row.querySelector(`[data-box="${name}"]`);

// What the row's boxes mean now; where they cannot be read, what is stored.
function forecastOf(row) {
  const field = box(row, "forecast");
  const typed = field ? read(field.value) : null;
  return typed === null || typed === undefined ? stored(row.dataset.forecast) : typed;
}

function put(row, name, hundredths) {
  const cell = row.querySelector(`[data-shows="${name}"]`);
  const text = asShown(hundredths);
  cell.textContent = text;
  cell.classList.toggle("bracketed", text.endsWith(")"));
}

const plus = (sum, amount) => (amount === null ? sum : (sum ?? 0n) + amount);

// A group's row stands after what is in it, so that one way through the rows adds everything up.
function addUp() {
  const sums = new Map();
  for (const row of table.querySelectorAll("[data-line], [data-group]")) {
    let own;
    if (row.dataset.group) {
      own = sums.get(row.dataset.group) ?? { forecast: null, variance: null };
      put(row, "forecast", own.forecast);
      put(row, "variance", own.variance);
    } else {
      const forecast = forecastOf(row);
      own = { forecast, variance: forecast === null ? null : forecast - BigInt(row.dataset.net) };
    }
    if (row.dataset.parent) {
      const above = sums.get(row.dataset.parent) ?? { forecast: null, variance: null };
      sums.set(row.dataset.parent, {
        forecast: plus(above.forecast, own.forecast),
        variance: plus(above.variance, own.variance),
      });
    }
  }
}

function follow(row, field) {
  const isForecast = field.dataset.box === "forecast";
  const other = box(row, isForecast ? "variance" : "forecast");
  const typed = read(field.value);
  const net = BigInt(row.dataset.net);
  if (typed === null || typed === undefined) other.value = other.defaultValue;
  else other.value = asTyped(isForecast ? typed - net : typed + net);
}

function openReason(row) {
  const forecast = forecastOf(row);
  if (forecast === null) return;
  const variance = forecast - BigInt(row.dataset.net);
  const from = BigInt(table.dataset.reasonFrom);
  if (variance < from && variance > -from) return;
  const details = table.querySelector(`[data-reason-of="${row.dataset.line}"] details`);
  if (details) details.open = true;
}

function neighbour(field, step) {
  const column = [...table.querySelectorAll(`[data-box="${field.dataset.box}"]`)];
  return column[column.indexOf(field) + step];
}

const STEPS = { ArrowUp: -1, ArrowDown: 1, Enter: 1 };
let last = null;

function words(row) {
  const shows = (name) => row.querySelector(`[data-shows="${name}"]`).textContent;
  const variance = shows("variance").replace(/[()]/g, "");
  let way = "on budget";
  if (variance === "-") way = "no variance yet";
  else if (variance !== "0") way = `${variance} ${shows("variance").startsWith("(") ? "under" : "over"}`;
  return `${row.dataset.name}: forecast ${shows("forecast")}, ${way}.`;
}

// The totals above the row that was typed in last; else the topmost.
function sayTotals() {
  const group = (slug) => table.querySelector(`[data-group="${slug}"]`);
  const chosen = [];
  for (let row = last && group(last.dataset.parent); row; row = row.dataset.parent && group(row.dataset.parent)) {
    chosen.push(row);
  }
  if (!chosen.length) chosen.push(...table.querySelectorAll("[data-group]:not([data-parent])"));
  said.textContent = chosen.map(words).join(" ");
}

if (table && box(table, "forecast")) {
  for (const hidden of document.querySelectorAll("[data-needs-script]")) hidden.hidden = false;
  table.addEventListener("input", (event) => {
    if (!event.target.dataset.box) return;
    last = event.target.closest("tr");
    follow(last, event.target);
    addUp();
  });
  table.addEventListener("change", (event) => {
    if (event.target.dataset.box) openReason(event.target.closest("tr"));
  });
  table.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || !event.target.dataset.box || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const next = neighbour(event.target, step);
    if (next) {
      next.focus();
      next.select();
    }
  });
  document.querySelector("[data-say-totals]").addEventListener("click", sayTotals);
  addUp();
}
