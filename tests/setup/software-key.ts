import { createHash, createSign, generateKeyPairSync, randomBytes } from "node:crypto";

const PRESENT = 0x01;
const VERIFIED = 0x04;
const HAS_KEY = 0x40;

/** What an answer is made for; each may be another than it should be. */
type For = { challenge: string; origin?: string; id?: string; verified?: boolean; counter?: number; type?: string };

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest();
const base64url = (data: string | Buffer) => Buffer.from(data).toString("base64url");
const cborBytes = (data: Buffer) => Buffer.concat([Buffer.from([0x59, data.length >> 8, data.length & 255]), data]);
const cborText = (text: string) => Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)]);

/** A passkey made of nothing but Node's own cryptography (WebAuthn level 2, ES256, no attestation). */
export class SoftwareKey {
  readonly id = randomBytes(32);
  readonly #pair = generateKeyPairSync("ec", { namedCurve: "P-256" });

  #clientData({ challenge, origin = "http://localhost:3000", type = "webauthn.get" }: For): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }

  #data({ id = "localhost", verified = true, counter = 0 }: For, flags = 0): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(id), Buffer.from([PRESENT | (verified ? VERIFIED : 0) | flags]), count]);
  }

  /** The answer to a challenge to make it, as browsers send it. */
  made(to: For): string {
    const { x = "", y = "" } = this.#pair.publicKey.export({ format: "jwk" });
    const [px, py] = [x, y].map((part) => Buffer.from(part, "base64url")) as [Buffer, Buffer];
    const head = Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
    const publicKey = Buffer.concat([head, px, Buffer.from([0x22, 0x58, 0x20]), py]);
    const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, this.id.length]), this.id, publicKey]);
    const data = Buffer.concat([this.#data(to, HAS_KEY), credential]);
    const none = [cborText("fmt"), cborText("none"), cborText("attStmt"), Buffer.from([0xa0]), cborText("authData"), cborBytes(data)];
    const attestationObject = base64url(Buffer.concat([Buffer.from([0xa3]), ...none]));
    return this.#answer({ clientDataJSON: base64url(this.#clientData({ type: "webauthn.create", ...to })), attestationObject });
  }

  /** The answer to a challenge to use it. */
  used(to: For): string {
    const [client, data] = [this.#clientData(to), this.#data(to)];
    const signature = createSign("sha256")
      .update(Buffer.concat([data, sha256(client)]))
      .sign(this.#pair.privateKey);
    return this.#answer({
      clientDataJSON: base64url(client),
      authenticatorData: base64url(data),
      signature: base64url(signature),
    });
  }

  #answer(response: Record<string, string>): string {
    const id = base64url(this.id);
    return JSON.stringify({ id, rawId: id, type: "public-key", clientExtensionResults: {}, response });
  }
}
