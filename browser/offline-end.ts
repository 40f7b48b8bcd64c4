// Stands in the place of the worker when there is to be none: takes away what that one kept, and itself.
const scope = self as unknown as { skipWaiting: () => void; registration: ServiceWorkerRegistration };

async function leave(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith("muhlat-")) await caches.delete(name);
  await scope.registration.unregister();
}

addEventListener("install", () => scope.skipWaiting());
addEventListener("activate", (event) => (event as Event & { waitUntil: (done: Promise<void>) => void }).waitUntil(leave()));
