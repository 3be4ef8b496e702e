import { addresses, type Configuration } from "./synth";

/** The arguments of a resource or data source, by its address. */
export function block({ resource, data }: Configuration, address: string): Record<string, unknown> | undefined {
  const [type = "", name = ""] = address.replace(/^data\./, "").split(".");
  return (address.startsWith("data.") ? data : resource)?.[type]?.[name];
}

/** The same where a test takes attributes of it: none of what is not there. */
export const blockOrEmpty = (configuration: Configuration, address: string) => block(configuration, address) ?? {};

/** The addresses that one configuration has beside another's. */
export const added = (with_: Configuration, without: Configuration) =>
  addresses(with_).filter((address) => !addresses(without).includes(address));
