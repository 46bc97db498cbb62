// The month and the week by keyboard. Without script they are tables with links; here a table becomes
// one stop of the Tab key, and arrows go from day to day (the grid pattern of the ARIA guide).

const steps = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
const turns = { PageDown: "next", PageUp: "prev" };

class DayGrid {
  constructor(table) {
    this.table = table;
    this.lines = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("td")]);
    this.cells = this.lines.flat();
    this.flows = table.dataset.grid === "month"; // after a Sunday comes the next line's Monday
    table.setAttribute("role", "grid");
    table.setAttribute("aria-describedby", "grid-keys");
    document.getElementById("grid-keys").hidden = false;
    for (const link of table.querySelectorAll("a")) link.tabIndex = -1;
    for (const cell of this.cells) {
      cell.setAttribute("role", "gridcell");
      cell.setAttribute("aria-label", cell.dataset.name);
      cell.tabIndex = -1;
    }
    const wanted = this.named(location.hash.slice(1));
    this.stop(wanted ?? this.cells.find((cell) => cell.ariaCurrent) ?? this.cells.find((cell) => !cell.classList.contains("outside")));
    if (wanted) this.current.focus();
    table.addEventListener("keydown", (event) => this.pressed(event));
    table.addEventListener("focusin", (event) => this.stop(event.target.closest("td[data-date]") ?? this.current));
  }

  // The cell of that id; where a part of a day is not in this week, the day's first one.
  named(id) {
    const date = id.slice("day-".length, "day-2026-11-24".length);
    return this.cells.find((cell) => cell.id === id) ?? this.cells.find((cell) => id && cell.dataset.date === date);
  }

  stop(cell) {
    if (this.current) this.current.tabIndex = -1;
    this.current = cell;
    cell.tabIndex = 0;
  }

  pressed(event) {
    if (event.altKey || event.metaKey || event.shiftKey || event.target.closest("td[data-date]") !== this.current) return;
    const does = this.answer(event.key, event.ctrlKey);
    if (!does) return;
    event.preventDefault();
    does();
  }

  answer(key, ctrl) {
    const line = this.lines.findIndex((cells) => cells.includes(this.current));
    const column = this.lines[line].indexOf(this.current);
    if (key === "Home") return () => this.go(ctrl ? this.cells[0] : this.lines[line][0]);
    if (key === "End") return () => this.go(ctrl ? this.cells.at(-1) : this.lines[line].at(-1));
    if (ctrl) return null;
    if (key === "Enter") return () => location.assign(this.current.dataset.href);
    if (turns[key]) return () => this.turn(turns[key]);
    if (!steps[key]) return null;
    const [down, along] = steps[key];
    if (down) return () => this.go(this.lines[line + down]?.[column]);
    const beside = this.cells[this.cells.indexOf(this.current) + along];
    return () => this.go(this.flows || this.lines[line].includes(beside) ? beside : null);
  }

  go(cell) {
    cell?.focus();
  }

  // Another month or week, and there the same day of it.
  turn(way) {
    const link = document.querySelector(`.turn a[rel="${way}"]`);
    if (link) location.assign(`${link.href}#${this.there(new URL(link.href).searchParams)}`);
  }

  there(query) {
    const part = this.current.id.slice("day-2026-11-24".length);
    const [year, month] = (query.get("month") ?? "").split("-").map(Number);
    const date = new Date(`${this.current.dataset.date}T00:00Z`);
    if (!this.flows) {
      const ahead = query.get("week") > this.cells[0].dataset.date ? 7 : -7;
      date.setUTCDate(date.getUTCDate() + ahead);
    } else {
      const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
      date.setTime(Date.UTC(year, month - 1, Math.min(date.getUTCDate(), last)));
    }
    return `day-${date.toISOString().slice(0, 10)}${part}`;
  }
}

for (const table of document.querySelectorAll("table[data-grid]")) new DayGrid(table);
