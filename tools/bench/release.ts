import { release } from "../publish/release";

// Writes the repository of the published modules into the folder that its argument names.
release(process.argv[2] ?? "dist/release");
