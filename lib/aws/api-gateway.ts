import { wholeNumber } from "../contract/rules";

/** A number of requests, 0 meaning no limit. Source: "ThrottleSettings" in the Amazon API Gateway API Reference. */
export const requestLimit = wholeNumber(0, 2_147_483_647);
