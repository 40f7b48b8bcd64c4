import { expect, test } from "vitest";
import { go, invited, provider, withProvider } from "../setup/provider-visits";
import { withDoor } from "../setup/sign-in";

withDoor();
withProvider();

test("no ID token is believed that is not signed by a key the provider names, although it came over its own line", async () => {
  const { token } = await invited();
  provider.next.strangersKeys = true;
  expect((await go({ account: "a-forged" }, { link: token })).location).toContain("refused=provider");
});
