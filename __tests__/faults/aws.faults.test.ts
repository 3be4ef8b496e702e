import { injectFaults } from "../../tools/emulator/emulator";
import { stackRoot } from "../support/app-stack";
import { emulatedAws } from "../support/emulated-aws";
import { outcome, recovered } from "../support/faults";

test("an apply comes to its end where AWS throttles or fails a third of the calls", async () => {
  const root = stackRoot();
  await root.init();
  await injectFaults(emulatedAws(), { rate: 1 / 3, account: root.account, seed: 7 });
  await root.apply();
  const { calls, injected } = await injectFaults(emulatedAws(), { rate: 0 });
  expect(injected).toBeGreaterThan(100);
  expect(injected / calls).toBeGreaterThan(0.25);
  expect((await outcome(root)).changes).toEqual([]);
  expect(await recovered(root)).toMatch(/^Nothing is left unrecorded\./);
});
