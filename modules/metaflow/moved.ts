import type { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import type { Construct } from "constructs";
import { throwProblems } from "../../lib/contract/checks";
import {
  forgetResource,
  isModuleCall,
  MODULE_CALL,
  moveBefore,
  moveResource,
  moveResources,
} from "../../lib/synth/moved";
import type { Ui } from "../ui";
import type { CloudRuns } from "./cloud-runs";

/** Where the deployment's resources are in the state that it takes over: the module calls of an HCL configuration. */
export interface MovedFrom {
  /**
   * The call of the root module of terraform-aws-metaflow, such as `module.metaflow`: all that the deployment has of it is
   * taken over, the web interface where the option `ui` is given. The others are left out then.
   *
   * @default - the modules that are named one by one
   */
  readonly root?: string;

  /**
   * The call of the module `datastore`, such as `module.metaflow-datastore`.
   *
   * @default - the datastore is not taken over
   */
  readonly datastore?: string;

  /**
   * The call of the module `metadata-service`, such as `module.metaflow-metadata-service`.
   *
   * @default - the metadata service is not taken over
   */
  readonly metadataService?: string;

  /**
   * The call of the module `computation`, such as `module.metaflow-computation`: its job queue stays, with its name, and gets a
   * new compute environment. Needs `compute`.
   *
   * @default - compute is not taken over
   */
  readonly computation?: string;

  /**
   * The call of the module `step-functions`, such as `module.metaflow-step-functions`. Needs `compute`.
   *
   * @default - what AWS Step Functions needs is not taken over
   */
  readonly stepFunctions?: string;

  /**
   * The call of the module `ui`, such as `module.metaflow-ui`: its load balancer stays, and its services move to an ECS cluster of
   * their own. Needs the option `ui`, and Terraform 1.7 or newer.
   *
   * @default - the web interface is not taken over
   */
  readonly ui?: string;
}

/** How a deployment takes over one that was made by HCL modules. */
export interface TakeoverOptions {
  /**
   * The module calls of which Terraform takes the resources in the state for those of this deployment (`moved` blocks).
   * While it is set, no plan can destroy or replace the database, the bucket, their keys, the load balancers, the REST API, the job
   * queue, the table of AWS Step Functions or the repository of the jobs' image (`prevent_destroy`), and neither can a destroy.
   *
   * Each must be the address of a module call, `module.<name>`, with the index where the call has `count` or `for_each`,
   * and after the addresses of the calls around it where there are any: `module.metaflow[0].module.metaflow-datastore`.
   *
   * @default - nothing is taken over
   */
  readonly movedFrom?: MovedFrom;
}

/** The constructs that stand for the modules. */
export interface Taking {
  readonly datastore: Construct;
  readonly metadataService: Construct;
  readonly runs: CloudRuns | undefined;
  readonly ui: Ui | undefined;
}

type Module = Exclude<keyof MovedFrom, "root">;

/** The modules, with their names in the root module. */
const MODULES: Readonly<Record<Module, string>> = {
  datastore: "metaflow-datastore",
  metadataService: "metaflow-metadata-service",
  computation: "metaflow-computation",
  stepFunctions: "metaflow-step-functions",
  ui: "metaflow-ui",
};

const NAMES = Object.keys(MODULES) as readonly Module[];

/** The resources of the module `computation` that the deployment's own stand for. What is not in it goes: roles that it needs not. */
const OF_COMPUTATION: Readonly<Record<string, string>> = {
  "aws_batch_compute_environment.this": "aws_batch_compute_environment.this",
  "aws_batch_job_queue.this": "aws_batch_job_queue.this",
  "aws_iam_instance_profile.instance_role_this": "aws_iam_instance_profile.ecs_instance_role",
  "aws_iam_role.instance_role_this": "aws_iam_role.ecs_instance_role",
  "aws_iam_role_policy_attachment.instance_role_this": "aws_iam_role_policy_attachment.ecs_instance_role",
  "aws_launch_template.this": "aws_launch_template.cpu[0]",
  "aws_security_group.this": "aws_security_group.this",
};

/** Resources of `metadata-service` that have an index in outerbounds/terraform-aws-metaflow, and none in the fork of it. */
const COUNTED = [
  "aws_api_gateway_deployment.this",
  "aws_api_gateway_integration.db",
  "aws_api_gateway_integration.this",
  "aws_api_gateway_integration_response.this",
  "aws_api_gateway_method.db",
  "aws_api_gateway_method.this",
  "aws_api_gateway_method_response.db",
  "aws_api_gateway_method_response.this",
  "aws_api_gateway_resource.db",
  "aws_api_gateway_resource.this",
  "aws_api_gateway_rest_api.this",
  "aws_api_gateway_stage.this",
  "aws_api_gateway_vpc_link.this",
] as const;

/** The cluster of the module `ui` is that of `metadata-service`, which both own: Terraform forgets the one and keeps the other. */
const CLUSTER = "aws_ecs_cluster.this";

/**
 * Moves what module calls made into a deployment's own addresses.
 *
 * @param scope - the deployment, whose path stands in error messages
 * @param movedFrom - the module calls, which may come from a file
 * @throws Error naming everything that is wrong with the calls
 */
export function moveIn(scope: Construct, movedFrom: MovedFrom | undefined, taking: Taking): void {
  if (movedFrom === undefined) return;
  throwProblems(scope, [...malformed(movedFrom)]);
  throwProblems(scope, unmet(movedFrom, taking));
  const { runs, ui } = taking;
  const calls = callsOf(movedFrom);
  moveCounted(scope, movedFrom, calls);
  if (calls.datastore) moveResources(calls.datastore, taking.datastore);
  if (calls.metadataService) moveResources(calls.metadataService, taking.metadataService);
  if (calls.computation && runs) moveResources(calls.computation, runs.compute, (address) => OF_COMPUTATION[address]);
  if (calls.stepFunctions && runs) moveResources(calls.stepFunctions, runs.stepFunctions);
  if (calls.ui && ui) moveResources(calls.ui, ui, (address) => (address === CLUSTER ? undefined : address));
  if (calls.ui) forgetResource(scope, `${calls.ui}.${CLUSTER}`);
  if (movedFrom.root && runs) moveRepository(movedFrom.root, runs.repository);
}

/** Whether a takeover has blocks that Terraform has from 1.7 on. */
export function forgetsResources(movedFrom: MovedFrom | undefined): boolean {
  return movedFrom?.root !== undefined || movedFrom?.ui !== undefined;
}

/** The calls of the modules, those within the root module as well. */
function callsOf({ root, ...modules }: MovedFrom): Partial<Record<Module, string>> {
  if (root === undefined) return modules;
  return Object.fromEntries(NAMES.map((name) => [name, `${root}.module.${MODULES[name]}`]));
}

/** Moves what has an index in outerbounds/terraform-aws-metaflow to where the fork of it has that. */
function moveCounted(scope: Construct, { root }: MovedFrom, { metadataService, ui }: ReturnType<typeof callsOf>): void {
  if (metadataService) {
    for (const address of COUNTED)
      moveBefore(scope, `${metadataService}.${address}[0]`, `${metadataService}.${address}`);
  }
  // One that is named by itself is named with its index.
  if (root && ui) moveBefore(scope, `${ui}[0]`, ui);
}

function moveRepository(root: string, repository: EcrRepository): void {
  moveResource(`${root}.aws_ecr_repository.metaflow_batch_image`, repository);
}

function malformed(movedFrom: unknown): string[] {
  const known = ["root", ...NAMES];
  const which = `root, or ${NAMES.slice(0, -1).join(", ")} or ${NAMES.slice(-1).join("")}, or several of these`;
  const received = `; received ${JSON.stringify(movedFrom)}.`;
  if (typeof movedFrom !== "object" || movedFrom === null || Array.isArray(movedFrom)) {
    return [`movedFrom must be an object with ${which}${received}`];
  }
  const calls = Object.entries(movedFrom);
  if (calls.length === 0) return [`movedFrom must have ${which}${received}`];
  const found = calls.flatMap(([name, call]) => {
    if (!known.includes(name)) return [`movedFrom has no "${name}"; it has ${known.join(", ")}.`];
    return isModuleCall(call)
      ? []
      : [`movedFrom.${name} must be ${MODULE_CALL}; received ${JSON.stringify(call) ?? String(call)}.`];
  });
  if (found.length > 0) return found;
  if ("root" in movedFrom && calls.length > 1) {
    return [`movedFrom.root stands for all modules: the others must be left out${received}`];
  }
  if (new Set(calls.map(([, call]) => call as string)).size < calls.length) {
    return [`${calls.map(([name]) => `movedFrom.${name}`).join(" and ")} must be different module calls${received}`];
  }
  return [];
}

/** What the modules need that the deployment has not. */
function unmet(movedFrom: MovedFrom, { runs, ui }: Taking): string[] {
  const ofCompute = (["root", "computation", "stepFunctions"] as const).filter((name) => movedFrom[name] !== undefined);
  return [
    ...ofCompute
      .filter(() => runs === undefined)
      .map(
        (name) =>
          `movedFrom.${name} is given and compute is false; compute must be true, or what flows run on would be destroyed.`,
      ),
    ...(movedFrom.ui !== undefined && ui === undefined
      ? ["movedFrom.ui is given without the option ui; ui must be given, or the web interface would be destroyed."]
      : []),
  ];
}
