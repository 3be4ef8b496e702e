import { startEmulatedAws } from "./emulated-aws";

export default async function setUp(): Promise<void> {
  await startEmulatedAws();
}
