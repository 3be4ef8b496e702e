import { contractFiles } from "../contract-files";
import { writeChanged } from "../write";

// The first step of `npm run generate`: what the modules import of what is generated.
writeChanged(contractFiles());
