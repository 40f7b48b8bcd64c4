import type { NextConfig } from "next";

/** A public process is made of the public pages alone: what is for staff has a name that its build does not look for. */
const isPublic = process.env.MUHLAT_FACE === "public";
const pages = ["tsx", "ts"];
const everything = ["staff.tsx", "staff.ts", ...pages];

export default {
  distDir: process.env.MUHLAT_BUILD ?? ".next",
  pageExtensions: isPublic ? pages : everything,
  poweredByHeader: false,
  images: { unoptimized: true },
  // Title and share picture stand in the head of every page as it is sent, whoever asks: nothing is added later by script.
  htmlLimitedBots: /.*/,
  // npm test checks all types, tests included; whoever starts Muhlat need not wait for it.
  typescript: { ignoreBuildErrors: true, tsconfigPath: isPublic ? "tsconfig.public.json" : "tsconfig.json" },
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
    // Their names hold a hash of what they say: another file has another name.
    {
      source: "/js/:name([a-z-]+-[A-Z0-9]{8}\\.js)",
      headers: [{ key: "Cache-Control", value: "public, max-age=31536000, immutable" }],
    },
  ],
} satisfies NextConfig;
