import { release } from "../release";

// `npm run release:modules`: writes the repository of the published modules.
release("dist/release");
