import { stopEmulatedAws } from "./emulated-aws";

export default async function tearDown(): Promise<void> {
  await stopEmulatedAws();
}
