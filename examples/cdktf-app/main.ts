import { App } from "cdktf";
import { deployments } from "./deployments";

const app = new App();
deployments(app);
app.synth();
