import { pattern } from "../contract/rules";

/** Source: "CreateFunction" in the AWS Lambda API Reference. */
export const functionName = pattern("^[a-zA-Z0-9_-]{1,64}$", "1 to 64 ASCII letters, digits, underscores and hyphens");

/** Source: "Lambda runtimes" in the AWS Lambda Developer Guide. */
export const pythonRuntime = pattern(
  "^python3[.]([7-9]|[1-9][0-9])$",
  "a Python runtime of Lambda, such as python3.13",
);
