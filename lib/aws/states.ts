import { pattern } from "../contract/rules";

/**
 * What names of state machines begin with. Metaflow puts an underscore and the flow's name behind it, and the whole has 80 characters at
 * most.
 *
 * Source: "CreateStateMachine" in the AWS Step Functions API Reference.
 */
export const stateMachinePrefix = pattern(
  "^[a-zA-Z0-9_-]{1,60}$",
  "1 to 60 ASCII letters, digits, underscores and hyphens",
);
