import type { Options } from "postgres";

/**
 * A PostgreSQL address as options for postgres.js.
 *
 * Understands libpq's form for unix sockets, `postgres:///db?host=/folder&user=name`, which the
 * driver's own URL parsing does not: it takes a socket folder only as its `host` option.
 */
export function connectionOptions(address: string): Options<Record<string, never>> {
  const url = new URL(address);
  const socket = url.searchParams.get("host");
  const user = decodeURIComponent(url.username) || url.searchParams.get("user") || undefined;
  const password = decodeURIComponent(url.password) || url.searchParams.get("password") || undefined;
  const sslmode = url.searchParams.get("sslmode") ?? "prefer";
  return {
    host: socket ?? url.hostname,
    port: Number(url.port || url.searchParams.get("port") || 5432),
    database: decodeURIComponent(url.pathname.slice(1)) || undefined,
    username: user,
    password,
    ssl: socket?.startsWith("/") || sslmode === "disable" ? false : (sslmode as "require" | "allow" | "prefer" | "verify-full"),
  };
}
