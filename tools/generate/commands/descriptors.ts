import { moduleFiles } from "../files";
import { writeChanged } from "../write";

// The second step of `npm run generate`: what is derived from the modules themselves.
writeChanged(moduleFiles());
