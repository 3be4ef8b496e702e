import { pattern } from "../contract/rules";

/** Source: "CreateEventBus" in the Amazon EventBridge API Reference. */
export const eventBusName = pattern(
  "^[a-zA-Z0-9._-]{1,256}$",
  "1 to 256 ASCII letters, digits, periods, hyphens and underscores",
);
