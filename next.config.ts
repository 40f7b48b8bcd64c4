import type { NextConfig } from "next";

export default {
  poweredByHeader: false,
  images: { unoptimized: true },
  // Title and share picture stand in the head of every page as it is sent, whoever asks: nothing is added later by script.
  htmlLimitedBots: /.*/,
  // npm test checks all types, tests included; whoever starts Muhlat need not wait for it.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["@node-rs/argon2", "postgres", "drizzle-orm", "@fastify/busboy", "@resvg/resvg-js"],
  // Above what the server in front lets through (server/body.ts), so that nobody meets the framework's own refusal.
  experimental: { serverActions: { bodySizeLimit: "16mb" } },
  // A country's page is of today; one that pins our own record is of a day.
  redirects: async () => [
    {
      source: "/:lang/countries/:country",
      has: [{ type: "query", key: "recorded" }],
      destination: "/:lang/as-known?country=:country",
      permanent: false,
    },
  ],
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "Referrer-Policy", value: "same-origin" },
      ],
    },
    // Their names hold a hash of what they say: another file has another name.
    {
      source: "/js/:name([a-z-]+-[A-Z0-9]{8}\\.js)",
      headers: [{ key: "Cache-Control", value: "public, max-age=31536000, immutable" }],
    },
    // What is made for other sites' pages may stand in their frames; nothing else may.
    { source: "/((?!(?:ky|tg|uz|ru|en)/embed/(?:countdown|chart)$).*)", headers: [{ key: "X-Frame-Options", value: "DENY" }] },
    // What is set here stands before what a route says itself, and stored copies have a stricter policy of their own.
    {
      source: "/((?!(?:ky|tg|uz|ru|en)/embed/(?:countdown|chart)$|(?:staff/)?sources/[^/]+/copy$).*)",
      headers: [{ key: "Content-Security-Policy", value: "frame-ancestors 'none'" }],
    },
  ],
} satisfies NextConfig;
