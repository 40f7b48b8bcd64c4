import type { NextConfig } from "next";

export default {
  poweredByHeader: false,
  images: { unoptimized: true },
  // npm test checks all types, tests included; whoever starts Muhlat need not wait for it.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["@node-rs/argon2", "postgres", "drizzle-orm", "@fastify/busboy"],
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
        { key: "X-Frame-Options", value: "DENY" },
      ],
    },
  ],
} satisfies NextConfig;
