import type { NextConfig } from "next";

export default {
  poweredByHeader: false,
  images: { unoptimized: true },
  // npm test checks all types, tests included; whoever starts Muhlat need not wait for it.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["@node-rs/argon2", "postgres", "drizzle-orm", "@fastify/busboy"],
  experimental: { serverActions: { bodySizeLimit: "1mb" } },
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
