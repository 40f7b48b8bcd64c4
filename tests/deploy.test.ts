import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readSettings } from "@/settings";

// What is shipped for servers holds against the program: names, paths and limits. nginx itself is started in e2e/nginx.scripted.spec.ts.

const root = path.join(import.meta.dirname, "..");
const text = (file: string) => readFileSync(path.join(root, "deploy", file), "utf8");
const UNIT = "systemd/muhlat@.service";

/** The lines of a unit or of an environment file. */
const assigned = (said: string) => [...said.matchAll(/^([A-Za-z_]+)=(.*)$/gm)].map(([, name = "", value = ""]) => [name, value] as const);

/** Milliseconds that the server gives to what is under way. */
const LAST_CALL = Number(/LAST_CALL = ([\d_]+)/.exec(readFileSync(path.join(root, "server/listen.ts"), "utf8"))?.[1]?.replaceAll("_", ""));

test("the settings of the example are settings, and are taken as they stand", () => {
  const env = Object.fromEntries(assigned(text("muhlat.env.example")));
  const taken = readSettings(env);
  for (const name of Object.keys(env)) if (env[name]) expect(taken, name).toHaveProperty(name);
  expect(taken).toMatchObject({ PUBLIC_URL: "https://muhlat.example", TRUST_PROXY: 1, DRAIN_SECONDS: 0 });
});

test("the unit starts what there is, waits as long as stopping takes, and may do nothing beside", () => {
  const unit = new Map(assigned(text(UNIT)));
  const [program, ...args] = unit.get("ExecStart")?.split(" ") ?? [];
  expect([program, args.slice(0, 2)]).toEqual(["/usr/bin/node", ["--import", "tsx"]]);
  expect(existsSync(path.join(root, args[2] ?? ""))).toBe(true);
  const most = 60;
  expect(() => readSettings({ DRAIN_SECONDS: String(most) })).not.toThrow();
  expect(() => readSettings({ DRAIN_SECONDS: String(most + 1) })).toThrow("DRAIN_SECONDS");
  expect(LAST_CALL).toBeGreaterThan(0);
  expect(Number(unit.get("TimeoutStopSec"))).toBeGreaterThanOrEqual(most + LAST_CALL / 1000 + 10);
  for (const name of ["DynamicUser", "NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices", "RestrictNamespaces"])
    expect([name, unit.get(name)]).toEqual([name, "yes"]);
  expect([unit.get("ProtectSystem"), unit.get("CapabilityBoundingSet"), unit.get("KillMode")]).toEqual(["strict", "", "mixed"]);
  // What compiles at run time needs pages that are written and run.
  expect(unit.has("MemoryDenyWriteExecute")).toBe(false);
});

test("systemd itself finds nothing wrong with the unit and little that is open", (context) => {
  const analyze = (...args: string[]) => spawnSync("systemd-analyze", args, { cwd: path.join(root, "deploy"), encoding: "utf8" });
  const verified = analyze("verify", UNIT);
  if (verified.error) return context.skip("there is no systemd on this system");
  // The program it names may lie elsewhere on this machine.
  const wrong = `${verified.stdout}${verified.stderr}`.split("\n").filter((line) => /muhlat/.test(line) && !/is not executable/.test(line));
  expect(wrong).toEqual([]);
  const open = /exposure level for .*: ([\d.]+)/.exec(analyze("security", "--offline=true", UNIT).stdout)?.[1];
  expect(Number(open)).toBeLessThan(2);
});

test("the container builds and starts what there is, as nobody in particular", () => {
  const said = text("Containerfile");
  const steps = said.split("\n").filter((line) => /^[A-Z]+ /.test(line));
  expect(steps.filter((step) => step.startsWith("FROM ")).length).toBe(2);
  for (const [, script = ""] of said.matchAll(/\b((?:bin|server)\/[\w.-]+\.(?:mjs|ts))\b/g))
    expect(existsSync(path.join(root, script)), script).toBe(true);
  const user = steps.findIndex((step) => step.startsWith("USER node"));
  expect(user).toBeGreaterThan(0);
  expect(steps.slice(user).some((step) => step.startsWith("RUN "))).toBe(false);
  for (const left of [".git", "node_modules", ".data"])
    expect(readFileSync(path.join(root, ".containerignore"), "utf8").split("\n")).toContain(left);
});

test("nginx takes in as much as the program does, and waits for no connection that it ends", () => {
  const conf = text("nginx/muhlat.conf");
  const sizes = [...conf.matchAll(/client_max_body_size (\d+)m/g)].map(([, size]) => Number(size));
  const body = readFileSync(path.join(root, "server/body.ts"), "utf8");
  expect(body).toContain("MAX_COPY_BYTES + 1024 * 1024");
  expect(sizes).toEqual([16, 130]);
  // Node ends a quiet connection after five seconds.
  expect(Number(/^ +keepalive_timeout (\d+)s/m.exec(conf)?.[1])).toBeLessThan(5);
  expect(conf).toContain("proxy_set_header X-Forwarded-For $remote_addr;");
  expect(conf.match(/proxy_next_upstream [^;]+/g)).toEqual(["proxy_next_upstream error timeout"]);
});
