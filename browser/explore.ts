/** How near a mark must be to be read, in pixels. */
const NEAR = 40;

type Marked = { link: SVGAElement; x: number; y: number };

const picture = (figure: Element) => figure.querySelector<SVGSVGElement>("svg[role=group]");

/** Where the marks of a picture stand now, on the screen. */
function marksOf(figure: Element): Marked[] {
  return [...(picture(figure)?.querySelectorAll<SVGAElement>("a.point") ?? [])].map((link) => {
    const { left, top, width, height } = (link.querySelector(".hit") ?? link).getBoundingClientRect();
    return { link, x: left + width / 2, y: top + height / 2 };
  });
}

/** What each read-out says while nothing is pointed at. */
const hints = new WeakMap<HTMLElement, string>();

/** Says below the picture what a mark says, with the way to it. */
function read(figure: Element, link: SVGAElement | undefined): void {
  for (const before of figure.querySelectorAll("[data-read]")) before.removeAttribute("data-read");
  const readout = figure.querySelector<HTMLElement>(".readout");
  if (!readout) return;
  hints.set(readout, hints.get(readout) ?? readout.textContent ?? "");
  if (!link) {
    readout.textContent = hints.get(readout) ?? "";
    return;
  }
  link.setAttribute("data-read", "");
  const open = document.createElement("a");
  open.href = link.getAttribute("href") ?? "";
  open.textContent = readout.dataset.open ?? "";
  open.className = "tap";
  readout.replaceChildren(`${link.getAttribute("aria-label") ?? ""} `, open);
}

function nearest(figure: Element, x: number, y: number): SVGAElement | undefined {
  const far = ({ x: mx, y: my }: Marked) => Math.hypot(mx - x, my - y);
  const [first] = marksOf(figure).sort((a, b) => far(a) - far(b));
  return first && far(first) <= NEAR ? first.link : undefined;
}

/** The mark that an arrow key leads to: left and right along the time, up and down among those beside. */
function next(marks: Marked[], from: SVGAElement, key: string): SVGAElement | undefined {
  const sorted = [...marks].sort((a, b) => a.x - b.x || b.y - a.y);
  const at = sorted.findIndex(({ link }) => link === from);
  const here = sorted[at];
  if (key === "Home") return sorted[0]?.link;
  if (key === "End") return sorted[sorted.length - 1]?.link;
  if (key === "ArrowRight") return sorted[at + 1]?.link;
  if (key === "ArrowLeft") return sorted[at - 1]?.link;
  if (!here || (key !== "ArrowUp" && key !== "ArrowDown")) return undefined;
  const beyond = marks.filter(({ y }) => (key === "ArrowUp" ? y < here.y - 1 : y > here.y + 1));
  const far = ({ x, y }: Marked) => Math.abs(x - here.x) * 4 + Math.abs(y - here.y);
  return beyond.sort((a, b) => far(a) - far(b))[0]?.link;
}

/** One stop for the tab key in each picture; the arrows go on from there. */
function only(figure: Element, link: SVGAElement): void {
  for (const { link: other } of marksOf(figure)) other.setAttribute("tabindex", other === link ? "0" : "-1");
}

for (const figure of document.querySelectorAll("figure[data-explore]")) {
  const svg = picture(figure);
  const [first] = marksOf(figure).sort((a, b) => a.x - b.x);
  if (!svg || !first) continue;
  only(figure, first.link);
  figure.querySelector<HTMLElement>(".readout")?.removeAttribute("hidden");
  svg.addEventListener("pointermove", (event) => {
    const near = nearest(figure, event.clientX, event.clientY);
    // What was read stays while the mouse goes to the link below.
    if (event.pointerType === "mouse" && near) read(figure, near);
  });
  // A finger has no way to point before it opens: the first tap reads, the link below opens.
  let touched = false;
  svg.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    if (touched) read(figure, nearest(figure, event.clientX, event.clientY));
  });
  svg.addEventListener("click", (event) => {
    // The keyboard's own click comes from no finger.
    if (touched && event.detail > 0) event.preventDefault();
    touched = false;
  });
  svg.addEventListener("focusin", (event) => {
    const link = (event.target as Element).closest<SVGAElement>("a.point");
    if (!link) return;
    only(figure, link);
    read(figure, link);
  });
  svg.addEventListener("keydown", (event) => {
    const from = (event.target as Element).closest<SVGAElement>("a.point");
    const to = from && next(marksOf(figure), from, event.key);
    if (!to) return;
    event.preventDefault();
    to.focus();
  });
}
