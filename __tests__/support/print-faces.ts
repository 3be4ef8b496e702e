import { faces } from "./faces";

// Prints what the project emits with the bindings that are installed.
process.stdout.write(JSON.stringify(faces()));
