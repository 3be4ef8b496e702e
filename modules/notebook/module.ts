import { defineModule } from "../../lib/synth/module";
import { Notebook } from ".";
import { notebookContract } from "./contract";
import { NotebookModule } from "./generated/call";
import type { NotebookInputs, NotebookOutputs } from "./generated/interface";

/** The module `notebook`; no reference module has its contract, and its checks are preconditions. */
export const notebookModule = defineModule<NotebookInputs, NotebookOutputs>({
  name: "notebook",
  contract: notebookContract,
  requirements: {
    terraform: ">= 1.5",
    providers: { aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } },
  },
  construct: Notebook,
  call: NotebookModule,
});
