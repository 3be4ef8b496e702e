import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generatedFiles } from "../../../tools/generate/files";

test.each([...generatedFiles()])("%s is what its contract says (else: npm run generate)", (path, text) => {
  expect(readFileSync(join(__dirname, "..", "..", "..", path), "utf8")).toBe(text);
});
