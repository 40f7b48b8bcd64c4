type Told = "copied" | "notCopied" | "addressCopied";

const block = document.querySelector<HTMLElement>(".take-along");

/** Says in words what a tap has done. */
function say(told: Told): void {
  const status = block?.querySelector("[role=status]");
  if (!status) return;
  status.textContent = "";
  // The same words said twice are read twice only when they were gone between.
  setTimeout(() => {
    status.textContent = block?.dataset[told] ?? "";
  }, 50);
}

/** Copies what is selected, where the browser has no clipboard for pages: old ones, and pages without TLS. */
function copySelected(field: HTMLTextAreaElement): boolean {
  field.focus();
  field.select();
  return document.execCommand("copy");
}

async function copied(text: string, field: HTMLTextAreaElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(field);
  }
}

async function copyAddress(): Promise<void> {
  const field = document.createElement("textarea");
  field.value = location.href;
  block?.append(field);
  const done = await copied(location.href, field);
  field.remove();
  say(done ? "addressCopied" : "notCopied");
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
function offer(button: HTMLElement, act: () => void): void {
  button.hidden = false;
  button.addEventListener("click", act);
}

for (const button of block?.querySelectorAll<HTMLElement>("[data-copy]") ?? []) {
  const field = button.closest(".message")?.querySelector("textarea");
  if (field) offer(button, async () => say((await copied(field.value, field)) ? "copied" : "notCopied"));
}
for (const button of block?.querySelectorAll<HTMLElement>("[data-share]") ?? []) offer(button, () => void share());
for (const button of block?.querySelectorAll<HTMLElement>("[data-print]") ?? []) offer(button, () => print());
