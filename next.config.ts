import type { NextConfig } from "next";

export default {
  poweredByHeader: false,
  // The server around Next compresses nothing yet and a proxy in front may; Next's own gzip serves until then.
  compress: true,
  images: { unoptimized: true },
  serverExternalPackages: ["@node-rs/argon2", "postgres", "drizzle-orm"],
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
