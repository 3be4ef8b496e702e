import { App } from "cdktf";
import { MetaflowStack } from "./modules/metaflow/stack";
import { readContext } from "./tools/app/cdktf-json";
import { environmentsOf } from "./tools/app/environments";
import { showingRefusals } from "./tools/app/refusals";
import { keepStates } from "./tools/app/state";
import { omitCreationStacks } from "./tools/creation-stacks";

omitCreationStacks();
showingRefusals(() => {
  const context = readContext();
  const app = new App({ context });
  for (const { name, props } of environmentsOf(context)) new MetaflowStack(app, name, props);
  keepStates(app);
  app.synth();
});
