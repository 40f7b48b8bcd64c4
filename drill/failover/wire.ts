import net from "node:net";

/** The network to one database node, as the other two reach it: it can be stalled, as a link that delivers nothing is. */
export type Wire = {
  /** From now on nothing comes through, and nobody is told. */
  stall: () => void;
  /** What was on its way when it stalled is lost; from now on it works again. */
  mend: () => void;
  close: () => Promise<void>;
};

/** Opens a way from one port of loopback to another. */
export async function openWire(from: number, to: number): Promise<Wire> {
  const ends = new Set<net.Socket>();
  let stalled = false;
  const server = net.createServer((near) => {
    const far = net.connect(to, "127.0.0.1");
    for (const end of [near, far]) {
      ends.add(end);
      end.on("close", () => ends.delete(end));
      end.on("error", () => {});
    }
    const link = (one: net.Socket, other: net.Socket) => {
      one.on("data", (data) => {
        // What was read before the link stalled has left; what comes after is held by nobody.
        if (!stalled) other.write(data);
      });
      one.on("close", () => {
        if (!stalled) other.destroy();
      });
    };
    link(near, far);
    link(far, near);
  });
  server.listen(from, "127.0.0.1");
  await new Promise<void>((resolve, reject) => server.once("listening", resolve).once("error", reject));
  const destroyAll = () => {
    for (const end of ends) end.destroy();
  };
  return {
    stall: () => {
      stalled = true;
    },
    mend: () => {
      destroyAll();
      stalled = false;
    },
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      destroyAll();
      return closed;
    },
  };
}
