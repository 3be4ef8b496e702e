import { App } from "cdktf";
import { context } from "./cdktf.json";
import { omitCreationStacks } from "./tools/creation-stacks";
import { MetaflowStack } from "./modules/metaflow/stack";

omitCreationStacks();
const app = new App({ context });
new MetaflowStack(app, "metaflow", {
  backend: app.node.tryGetContext("backend"),
  movedFrom: app.node.tryGetContext("movedFrom"),
  options: app.node.tryGetContext("options"),
});
app.synth();
