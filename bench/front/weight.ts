import type { Browser } from "@playwright/test";

/** Bytes as they came over the network, compressed, without headers: of all, and by kind. */
export type Weight = { all: number; document: number; styles: number; script: number; rest: number };

/** What a first visit of a page asks for, until nothing more is asked. */
export async function weigh(browser: Browser, url: string): Promise<Weight> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const weight: Weight = { all: 0, document: 0, styles: 0, script: 0, rest: 0 };
    const weighed: Promise<void>[] = [];
    page.on("requestfinished", (request) => {
      const kinds: Record<string, keyof Weight> = { document: "document", stylesheet: "styles", script: "script" };
      const kind = kinds[request.resourceType()] ?? "rest";
      weighed.push(
        request.sizes().then(({ responseBodySize }) => {
          weight[kind] += responseBodySize;
          weight.all += responseBodySize;
        }),
      );
    });
    await page.goto(url, { waitUntil: "networkidle" });
    await Promise.all(weighed);
    return weight;
  } finally {
    await context.close();
  }
}
