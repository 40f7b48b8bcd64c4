type Told = "copied" | "notCopied" | "addressCopied";

const block = document.querySelector<HTMLElement>(".take-along");

/** Says in words what a tap has done, right where it was. */
function say(part: Element | null, told: Told): void {
  const status = part?.querySelector("[role=status]");
  if (!status) return;
  status.textContent = "";
  // The same words said twice are read twice only when they were gone between.
  setTimeout(() => {
    status.textContent = block?.dataset[told] ?? "";
  }, 50);
}

/** Copies a text; where the browser has no clipboard for pages (old ones, and pages without TLS), what is selected. */
async function copied(text: string, field: HTMLTextAreaElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
}

async function copyAddress(): Promise<void> {
  const field = document.createElement("textarea");
  field.value = location.href;
  block?.append(field);
  const done = await copied(field.value, field);
  field.remove();
  say(block, done ? "addressCopied" : "notCopied");
}

async function share(): Promise<void> {
  if (!navigator.share) return copyAddress();
  try {
    await navigator.share({ title: document.title, url: location.href });
  } catch (error) {
    // Whoever closed the phone's own list wanted nothing else.
    if ((error as DOMException).name !== "AbortError") await copyAddress();
  }
}

/** Buttons that do nothing without script are hidden until there is script. */
function offer(name: string, act: (button: HTMLElement) => void): void {
  for (const button of block?.querySelectorAll<HTMLElement>(`[data-${name}]`) ?? []) {
    button.hidden = false;
    button.addEventListener("click", () => act(button));
  }
}

offer("copy", async (button) => {
  const message = button.closest(".message");
  const field = message?.querySelector("textarea");
  if (field) say(message, (await copied(field.value, field)) ? "copied" : "notCopied");
});
offer("share", () => void share());
offer("print", () => print());
