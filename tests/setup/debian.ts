import { spawnSync } from "node:child_process";

const has = (program: string) => spawnSync("which", [program], { stdio: "ignore" }).status === 0;

/**
 * Sees that a program is on this machine, and installs it from Debian's packages where it is not.
 * @throws with a sentence for whoever runs it, where there is none to be had
 */
export function needs(program: string, from: string): void {
  if (has(program)) return;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args: string[]) =>
    spawnSync("apt-get", ["-o", "DPkg::Lock::Timeout=120", ...args], { stdio: "ignore", env }).status === 0;
  const install = () => apt("install", "-y", "--no-install-recommends", from);
  if (process.getuid?.() === 0 && has("apt-get") && (install() || (apt("update") && install())) && has(program)) return;
  throw new Error(`There is no ${program} on this machine, and it could not be installed. Install it (Debian: ${from}) and try again.`);
}
