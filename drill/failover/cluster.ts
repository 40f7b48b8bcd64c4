import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { Machine, PORTS, PROGRAMS, startProxy } from "./machines";
import { openWire, type Wire } from "./wire";

/** What is needed for it and not there; the message says how to get it. */
export function missing(): string | undefined {
  const lacking = Object.values(PROGRAMS).filter((program) => !existsSync(program));
  return lacking.length > 0
    ? `there is no ${lacking.join(", no ")} here (Debian: apt-get install --no-install-recommends postgresql patroni etcd-server haproxy)`
    : undefined;
}

const NODES = [1, 2, 3];
/** How long three machines may take to agree; milliseconds. */
const PATIENCE = 120_000;

/** Three database machines on loopback and the proxy before them, as deploy/patroni has them. */
export class Cluster {
  readonly primary = `postgres://muhlat:drill-muhlat@127.0.0.1:${PORTS.primary}/muhlat?sslmode=disable`;
  readonly reading = `postgres://muhlat:drill-muhlat@127.0.0.1:${PORTS.reading}/muhlat?sslmode=disable`;
  readonly #folder: string;
  readonly #machines: Machine[];
  readonly #wires = new Map<number, Wire>();
  #proxy: { stop: () => Promise<void> } | undefined;

  /** @param synchronous whether what is acknowledged is on a second machine */
  constructor(synchronous: boolean) {
    this.#folder = mkdtempSync(path.join(tmpdir(), "muhlat-failover-"));
    chmodSync(this.#folder, 0o755);
    this.#machines = NODES.map((number) => new Machine(number, this.#folder, synchronous));
  }

  /** Brings everything up, with an empty database that Muhlat's user owns. */
  async start(): Promise<void> {
    for (const number of NODES) this.#wires.set(number, await openWire(PORTS.wire + number, PORTS.postgres + number));
    for (const machine of this.#machines) machine.startEtcd();
    await sleep(2000);
    for (const machine of this.#machines) machine.start();
    this.#proxy = startProxy(this.#folder, NODES);
    await this.settled(2);
    await this.#makeDatabase();
  }

  /** What each machine says it is: who leads, and who follows with everything that was acknowledged. */
  async roles(): Promise<{ number: number; role: string; synchronous: boolean }[]> {
    return Promise.all(this.#machines.map((machine) => machine.role()));
  }

  /** Resolves when there is one that leads and so many that follow, one of them in step where that is asked for; with the number of the one that leads. */
  async settled(followers: number): Promise<number> {
    for (let waited = 0; waited < PATIENCE; waited += 250) {
      const roles = await this.roles();
      const leader = roles.find(({ role }) => role === "primary");
      const following = roles.filter(({ role }) => role === "replica");
      const inStep = !this.synchronous || following.some(({ synchronous }) => synchronous);
      if (leader && following.length >= followers && (followers === 0 || inStep)) return leader.number;
      await sleep(250);
    }
    throw new Error(
      `the machines do not agree: ${JSON.stringify(await this.roles())}; ${this.#machines.map((m) => m.said(600)).join("\n")}`,
    );
  }

  get synchronous(): boolean {
    return this.#machines.some(({ synchronous }) => synchronous);
  }

  machine(number: number): Machine {
    const found = this.#machines.find((machine) => machine.number === number);
    if (!found) throw new Error(`there is no machine ${number}`);
    return found;
  }

  /** Nothing comes through any more between the databases; what each has still answers. */
  stallWires(): void {
    for (const wire of this.#wires.values()) wire.stall();
  }

  mendWires(): void {
    for (const wire of this.#wires.values()) wire.mend();
  }

  /** Stops and removes all of it, however far it came. */
  async stop(): Promise<void> {
    await this.#proxy?.stop();
    for (const machine of this.#machines) await machine.stop();
    for (const wire of this.#wires.values()) await wire.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #makeDatabase(): Promise<void> {
    const admin = postgres({
      host: "127.0.0.1",
      port: PORTS.primary,
      username: "postgres",
      password: "drill-superuser",
      database: "postgres",
      max: 1,
      connect_timeout: 5,
      onnotice: () => {},
    });
    try {
      await admin`create role muhlat login createrole password 'drill-muhlat'`;
      await admin`create database muhlat owner muhlat`;
    } finally {
      await admin.end({ timeout: 2 });
    }
  }
}
