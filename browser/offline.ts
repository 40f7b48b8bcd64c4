/**
 * Has the pages that are visited kept for when there is no connection. The page this runs on was fetched before
 * there was anyone to keep it, so on a first visit it is asked for once more; the browser mostly has it still.
 */
async function start(): Promise<void> {
  const kept = navigator.serviceWorker.controller !== null;
  // Past every cache: a worker that does harm must be replaceable by the next page that is opened.
  await navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" });
  const active = (await navigator.serviceWorker.ready).active;
  if (!kept) active?.postMessage("keep");
}

function begin(): void {
  // Without it the page is as good as before.
  start().catch(() => {});
}

// What the reader waits for comes first.
if ("serviceWorker" in navigator) {
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
}
