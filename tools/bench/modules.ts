import { publish } from "../publish/publish";

// Writes the published modules into the folder that its argument names.
publish(process.argv[2] ?? "dist/modules");
