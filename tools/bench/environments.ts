import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { omitCreationStacks } from "../creation-stacks";
import { MetaflowStack } from "../../modules/metaflow/stack";

// Synthesizes as many deployments as its argument says, each a stack of one app.
omitCreationStacks();
const outdir = mkdtempSync(join(tmpdir(), "environments-"));
const app = new App({ outdir });
for (let index = 0; index < Number(process.argv[2]); index++) new MetaflowStack(app, `environment-${index}`);
app.synth();
rmSync(outdir, { recursive: true });
