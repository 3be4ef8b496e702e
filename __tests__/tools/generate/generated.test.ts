import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generatedFiles } from "../../../tools/generate/files";

test.each([...generatedFiles()])("%s is what its contract says (else: npm run generate)", (path, content) => {
  const written = readFileSync(join(__dirname, "..", "..", "..", path));
  expect(typeof content === "string" ? written.toString() : new Uint8Array(written)).toEqual(content);
});
