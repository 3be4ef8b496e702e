import { publish } from "../publish";

// `npm run modules`: writes the published modules.
publish("dist/modules");
