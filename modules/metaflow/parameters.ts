import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import { parameterPath } from "../../lib/aws/ssm";
import type { Inputs } from "../../lib/contract/inputs";
import { constant } from "../../lib/hcl/expression";
import { concat, countIf } from "../../lib/hcl/functions";
import { isAbsent, resource } from "../../lib/synth/addresses";
import { checkedOption } from "../../lib/synth/checked";
import type { MetaflowInputs } from "./generated/interface";
import type { ProfileKeys } from "./profile";

/** What the parameters are made of. */
export interface ParametersProps {
  readonly path: string;
  readonly keys: readonly ProfileKeys[];
  /** The KMS key of those that are secret. @default - AWS's own, aws/ssm */
  readonly kmsKeyArn?: string;
}

/** The keys that are secret. */
const SECRET: readonly string[] = ["METAFLOW_SERVICE_AUTH_KEY"];

/** The keys of a client's configuration as parameters of Systems Manager, each `<path>/METAFLOW_…`. */
export class Parameters extends Construct {
  /** By their keys, but for those of which it is known that there are none. */
  public readonly byKey: Readonly<Record<string, SsmParameter>>;

  public constructor(scope: Construct, id: string, { standardTags }: Inputs<MetaflowInputs>, props: ParametersProps) {
    super(scope, id);
    const path = checkedOption(this, "path", "parameterPath", props.path, parameterPath);
    const made = props.keys.flatMap(({ values, where }) =>
      Object.entries(values).map(([key, value]) => {
        const parameter = resource(this, SsmParameter, key.replace(/^METAFLOW_/, "").toLowerCase(), {
          count: where === undefined ? undefined : countIf(where),
          name: concat(path, "/", key).string,
          value: constant(value).string,
          ...(SECRET.includes(key) ? { type: "SecureString", keyId: props.kmsKeyArn } : { type: "String" }),
          tags: standardTags,
        });
        return [key, parameter] as const;
      }),
    );
    this.byKey = Object.fromEntries(made.filter(([, parameter]) => !isAbsent(parameter)));
  }
}
