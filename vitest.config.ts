import { defineConfig } from "vitest/config";

const ofDatabase = "tests/**/*.db.test.ts";

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    projects: [
      {
        extends: true,
        // Properties are tried many times over, and two cores may be busy with more than this.
        test: { name: "unit", include: ["tests/**/*.test.{ts,tsx}"], exclude: [ofDatabase], testTimeout: 60_000 },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: [ofDatabase],
          globalSetup: "tests/setup/database.ts",
          // Each file holds connections of three roles, and the embedded server has sixty.
          maxWorkers: 4,
          // Vitest asks for it where projects differ in workers.
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
