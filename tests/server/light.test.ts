import { describe, expect, test } from "vitest";
import { asksForPage } from "@/server/front/front";
import { freed, isLight, ShapeError, withStyles } from "@/server/front/light";

const OURS = '<script type="module" src="/js/countdown-5ADR5YVA.js"></script>';
const DATA = '<script type="application/ld+json">{"name":"<!-- --> self.__next_f"}</script>';
const FRAMEWORK_HEAD =
  '<link rel="preload" as="script" fetchPriority="low" href="/_next/static/chunks/a.js"/><script src="/_next/static/chunks/b.js" async=""></script><link rel="modulepreload" href="/_next/static/chunks/c.js"/>';
const FRAMEWORK_END = `<!--$--><!--/$--><script id="_R_">(globalThis["TURBOPACK"] || (globalThis["TURBOPACK"] = [])).push({});</script><script>(self.__next_f=self.__next_f||[]).push([0])</script><script>self.__next_f.push([1,"x"])</script>`;
const document = (body: string, head = "") =>
  `<!DOCTYPE html><html lang="en" data-light="true"><head><link rel="stylesheet" href="/_next/static/chunks/a.css" data-precedence="next"/>${head}</head><body>${body}</body></html>`;

describe("a light document", () => {
  test("loses all that is the framework's, and keeps our modules, JSON-LD and every word", () => {
    const sent = document(
      `<div hidden=""><!--$--><!--/$--></div><main id="content">Passed<!-- --> 2<!-- --> days ago</main>${OURS}${DATA}${FRAMEWORK_END}`,
      FRAMEWORK_HEAD,
    );
    expect(freed(sent)).toBe(document(`<main id="content">Passed 2 days ago</main>${OURS}${DATA}`));
  });

  test("is known by its first tag, not by what somebody wrote into it", () => {
    expect(isLight(document(""))).toBe(true);
    expect(isLight('<!DOCTYPE html><html lang="en"><body>data-light="true"</body></html>')).toBe(false);
  });

  test("may speak of the framework in its words", () => {
    const words = document("<p>self.__next_f, TURBOPACK, $RC, &lt;script&gt;, onclick=&quot;</p>");
    expect(freed(words)).toBe(words);
  });

  test.each([
    ["a hidden part that comes later", '<div hidden="" id="S:0">late</div>'],
    ["a place kept for such a part", '<template id="B:0"></template>'],
    ["a mark of what waits", "<!--$?--><p>wait</p><!--/$-->"],
    ["a mark of what waits, in another form", "<!--$~--><p>wait</p><!--/$-->"],
    ["a mark of what has failed", "<!--$!--><!--/$-->"],
    ["the script that puts it in its place", "<script>$RC=function(){}</script>"],
    ["an inline script", "<script>alert(1)</script>"],
    ["an inline script with a type", '<script type="module">import "/js/x.js"</script>'],
    ["a script from elsewhere", '<script src="https://example.org/x.js"></script>'],
    ["a script of ours that is none of the modules", '<script src="/other.js"></script>'],
    ["a script that does not end", '<script src="/_next/static/chunks/a.js">'],
    ["a script fetched ahead in a way that is not known", '<link rel="prefetch" href="/_next/static/chunks/a.js"/>'],
    ["an inline handler", '<button onclick="go()">x</button>'],
  ])("is refused with %s", (_what, part) => {
    expect(() => freed(document(part))).toThrow(ShapeError);
  });
});

test("style sheets stand in the document, but for those that must stay files", () => {
  const read = (address: string) => (address === "/_next/static/chunks/a.css" ? "p{color:red}" : undefined);
  const other = '<link rel="stylesheet" href="/_next/static/chunks/b.css"/>';
  expect(withStyles(document("x", other), read)).toBe(
    `<!DOCTYPE html><html lang="en" data-light="true"><head><style>p{color:red}</style>${other}</head><body>x</body></html>`,
  );
});

describe("which requests may be for one", () => {
  test.each([
    // Who signed in is known by a cookie, which is not handed on for finished pages.
    ["GET", "/staff?published=5&waiting=0", {}, false],
    ["GET", "/staff/record/x?saved=published", {}, false],
    ["GET", "/staffing", {}, true],
    ["GET", "/en", {}, true],
    ["HEAD", "/ky/countries/kg?utm_source=x", {}, true],
    ["GET", "/wp-login.php", {}, true],
    ["POST", "/en", {}, false],
    ["GET", "/staff", {}, false],
    ["GET", "/staff/record", {}, false],
    ["GET", "/api/time", {}, false],
    ["GET", "/_next/static/chunks/a.css", {}, false],
    ["GET", "/js/x.js", {}, false],
    ["GET", "/en?_rsc=abc", {}, false],
    ["GET", "/en", { rsc: "1" }, false],
    ["GET", "/en", { "next-action": "x" }, false],
  ])("%s %s %j: %s", (method, url, headers, may) => {
    expect(asksForPage({ method, url, headers })).toBe(may);
  });
});
