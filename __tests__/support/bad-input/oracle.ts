import type fc from "fast-check";
import type { Contract } from "../../../lib/contract/contract";
import type { InputOracles } from "./inputs";

type Texts =
  | "databaseName"
  | "databasePassword"
  | "databaseUsername"
  | "dbEngine"
  | "dbIdentifierPrefix"
  | "dbInstanceType"
  | "dbMigrateLambdaRuntime"
  | "dbMigrateLambdaZipFile"
  | "dbName"
  | "dbUsername"
  | "fargateExecutionRoleArn"
  | "loadBalancerNamePrefix"
  | "metadataServiceContainerImage"
  | "rdsMasterInstanceEndpoint"
  | "resourcePrefix"
  | "resourceSuffix"
  | "subnet1Cidr"
  | "subnet1Id"
  | "subnet2Cidr"
  | "subnet2Id"
  | "vpcCidr"
  | "vpcId";

/** The values of a module's inputs, those that this file looks at; null stands for what Terraform leaves out. */
export type Values = Readonly<
  Record<Texts, string> &
    Record<"caCertIdentifier" | "dbEngineVersion" | "s3BucketName", string | null> &
    Record<"accessListCidrBlocks" | "userRolePrincipals" | "vpcCidrBlocks", readonly string[]> &
    Record<"apiBasicAuth" | "enableCustomBatchContainerRegistry" | "openApi", boolean> &
    Record<
      "computeEnvironmentMaxVcpus" | "computeEnvironmentMinVcpus" | "metadataServiceCpu" | "metadataServiceMemory",
      number
    > &
    Record<"createNetwork" | "forceDestroyS3Bucket", boolean | null> &
    Record<
      "dbInstanceTags" | "dbParameters" | "ecsClusterSettings" | "standardTags",
      Readonly<Record<string, string>> | null
    >
>;

/** Where a configuration is planned. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** Why AWS would refuse a configuration. */
export interface Problem {
  /** The Terraform names of the inputs that are to blame: a message has to name one of them. */
  readonly inputs: readonly string[];
  /** The value that a message has to show. */
  readonly received: unknown;
  /** Whether it shows only when Terraform plans, also for literals: it depends on the account. */
  readonly atPlan?: boolean;
  /** Whether an input is required and not given. */
  readonly isMissing?: boolean;
  /** Whether the value is of another type: a message of Terraform's own does not show it then. */
  readonly isOfWrongType?: boolean;
}

/** A value that has to arrive in a resource: the resource's address in the module, and the way to the value in it. */
export type Arrival = readonly [address: string, path: string, value: unknown];

/** A construct with literals, or a Terraform module with variables: a published one, or the app's stack. */
export type Face = "construct" | "module";

/** What AWS makes of a module's inputs, each by itself and together, and where they arrive: `oracle.ts` of the module's tests. */
export interface ModuleOracle {
  readonly contracts: Readonly<Record<Face, Contract>>;
  /** The oracles of the inputs that are the module's own, or other than those that several modules have. */
  readonly inputs: InputOracles;
  /** How many configurations are planned with Terraform, by face, and how many are refused. */
  readonly counts: Readonly<Record<Face | "refused", number>>;
  /** Whether null is the default also for callers of the module, as it is for those of the construct. */
  readonly nullIsDefault?: boolean;
  /** The module's inputs that take null, as the reference plans with it and AWS takes the result. */
  readonly takesNull?: readonly string[];
  readonly problems: (values: Values, place: Place) => Problem[];
  /** Whether the documentation leaves it open what AWS makes of a configuration. */
  readonly isUncertain?: (values: Values) => boolean;
  readonly arrivals: (values: Values, place: Place) => Arrival[];
  /** Inputs that go together, in some of the configurations. */
  readonly together?: (given: fc.Arbitrary<Record<string, unknown>>) => fc.Arbitrary<Record<string, unknown>>;
  /** Inputs that no two configurations have alike where they are planned at once. */
  readonly distinct?: (id: string) => object;
  /** The file in the module's folder, where it is not the published module. */
  readonly configuration?: () => string;
}

/** How the inputs that most names are made of are called in Terraform. */
export const AFFIXES = ["resource_prefix", "resource_suffix"];

/** The problems whose conditions hold. */
export function problemsIf(...conditions: (readonly [boolean, readonly string[], unknown])[]): Problem[] {
  return conditions.flatMap(([holds, inputs, received]) => (holds ? [{ inputs, received }] : []));
}
