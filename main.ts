import { App } from "cdktf";
import { context } from "./cdktf.json";
import { MetaflowStack } from "./modules/metaflow/stack";

const app = new App({ context });
new MetaflowStack(app, "metaflow", { backend: app.node.tryGetContext("backend") });
app.synth();
