// A GitHub that others wrote, on loopback: the seed comes in one line, its address and the app's key go out in one.
// It ends when its standard input does.
import { createInterface } from "node:readline";
import { createEmulator } from "emulate";

const lines = createInterface({ input: process.stdin });
lines.once("line", async (seed) => {
  const hub = await createEmulator({ service: "github", port: 0, seed: JSON.parse(seed) });
  console.log(JSON.stringify({ url: hub.url, key: hub.generatedSecrets[0].value }));
  lines.once("close", () => hub.close());
});
