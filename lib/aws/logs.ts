import { pattern, oneOfNumbers } from "../contract/rules";

/** Source: "CreateLogGroup" in the Amazon CloudWatch Logs API Reference. */
export const logGroupName = pattern(
  "^[a-zA-Z0-9._/#-]{1,512}$",
  "1 to 512 ASCII letters, digits, underscores, hyphens, slashes, dots and #",
);

/** Source: "PutRetentionPolicy" in the Amazon CloudWatch Logs API Reference; 0 means that logs never expire. */
export const logRetention = oneOfNumbers(
  ...[0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
);
