/** Arguments of a block. */
export type Arguments = Readonly<Record<string, unknown>>;

/** A root that calls the reference's modules. In a source, `MODULES` stands for the folder that holds them. */
export interface ShapeRoot {
  readonly terraform: Arguments;
  readonly provider: { readonly aws: Arguments };
  readonly resource: Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
  readonly module: Readonly<Record<string, Arguments>>;
}

/** Inputs of a module call that change after the takeover. */
export interface Change {
  readonly module: string;
  readonly inputs: Arguments;
}

/** The state as it may be in the field: an edit that no plan may answer with a change. */
export interface Variant {
  readonly name: string;
  /** Values of attributes by `type.path`, in every resource of the type. */
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** Module addresses, and where they were in that state. */
  readonly modules?: Readonly<Record<string, string>>;
}

/** A way to call the reference's modules whose state others take over. */
export interface Shape {
  readonly root: ShapeRoot;
  /** Whether what is beside the calls is applied before them: a module that counts by one of its ids cannot be planned otherwise. */
  readonly callsLast?: boolean;
  /** What the reference plans for these is recorded: lifecycles show here alone. */
  readonly changes?: readonly Change[];
  readonly variants?: readonly Variant[];
}

const NETWORK = {
  terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
  provider: { aws: { region: "us-west-2", s3_use_path_style: true } },
  resource: {
    aws_vpc: { this: { cidr_block: "10.20.0.0/16" } },
    aws_subnet: { a: subnet(1, "us-west-2a"), b: subnet(2, "us-west-2b") },
  },
};

const NAMES = { resource_prefix: "metaflow-", resource_suffix: "-prod" };
const PLACE = {
  metaflow_vpc_id: "${aws_vpc.this.id}",
  subnet1_id: "${aws_subnet.a.id}",
  subnet2_id: "${aws_subnet.b.id}",
};
const TAGS = { standard_tags: { application: "metaflow" } };

/** Datastore and metadata service, each with further inputs. */
function services(datastore: Arguments = {}, service: Arguments = {}): ShapeRoot {
  const common = { ...NAMES, ...PLACE, ...TAGS };
  const ofDatastore = [
    "database_name",
    "database_password",
    "database_username",
    "rds_master_instance_endpoint",
    "s3_bucket_arn",
    "datastore_s3_bucket_kms_key_arn",
  ].map((name) => [name, output("datastore", name)] as const);
  return {
    ...NETWORK,
    module: {
      "metaflow-datastore": {
        source: "MODULES/datastore",
        ...common,
        force_destroy_s3_bucket: true,
        metadata_service_security_group_id: output("metadata-service", "metadata_service_security_group_id"),
        ...datastore,
      },
      "metaflow-metadata-service": {
        source: "MODULES/metadata-service",
        ...common,
        access_list_cidr_blocks: [],
        vpc_cidr_blocks: ["10.20.0.0/16"],
        fargate_execution_role_arn: "arn:aws:iam::123456789012:role/metaflow-ecs-execution",
        metadata_service_container_image: "netflixoss/metaflow_metadata_service:v2.3.0",
        db_migrate_lambda_zip_file: "./db_migrate_lambda.zip",
        ...Object.fromEntries(ofDatastore),
        ...service,
      },
    },
  };
}

/** Computation and Step Functions beside them, wired as the reference's root module wires them. */
function withCompute(): ShapeRoot {
  const role = { fargate_execution_role_arn: output("computation", "ecs_execution_role_arn") };
  const { module, ...network } = services({}, role);
  const computation = {
    source: "MODULES/computation",
    ...NAMES,
    ...TAGS,
    ...PLACE,
    batch_cluster_name: "metaflow-batch",
    compute_environment_instance_types: ["c4.large", "c4.xlarge"],
    compute_environment_desired_vcpus: 8,
    compute_environment_min_vcpus: 8,
    compute_environment_max_vcpus: 64,
    launch_template_http_tokens: "required",
  };
  const stepFunctions = {
    source: "MODULES/step-functions",
    ...NAMES,
    ...TAGS,
    active: true,
    batch_job_queue_arn: output("computation", "METAFLOW_BATCH_JOB_QUEUE"),
    s3_bucket_arn: output("datastore", "s3_bucket_arn"),
    s3_bucket_kms_arn: output("datastore", "datastore_s3_bucket_kms_key_arn"),
  };
  return {
    ...network,
    module: { ...module, "metaflow-computation": computation, "metaflow-step-functions": stepFunctions },
  };
}

/** The reference's root module, with further inputs. */
function whole(inputs: Arguments): ShapeRoot {
  const certificate = { domain_name: "metaflow.example.com", validation_method: "DNS" };
  const call = {
    source: "MODULES/root",
    vpc_id: PLACE.metaflow_vpc_id,
    subnet1_id: PLACE.subnet1_id,
    subnet2_id: PLACE.subnet2_id,
    vpc_cidr_blocks: ["10.20.0.0/16"],
    ui_certificate_arn: "${aws_acm_certificate.ui.arn}",
    tags: TAGS.standard_tags,
    db_migrate_lambda_zip_file: "./db_migrate_lambda.zip",
    ...inputs,
  };
  return {
    ...NETWORK,
    resource: { ...NETWORK.resource, aws_acm_certificate: { ui: certificate } },
    module: { metaflow: call },
  };
}

function subnet(index: number, zone: string): Arguments {
  return {
    vpc_id: "${aws_vpc.this.id}",
    cidr_block: `10.20.${String(index)}.0/24`,
    availability_zone: zone,
  };
}

function output(module: string, name: string): string {
  return `\${module.metaflow-${module}.${name}}`;
}

/** What scales by itself has scaled. */
const SCALED: Variant = {
  name: "scaled",
  attributes: {
    "aws_ecs_service.desired_count": 3,
    "aws_batch_compute_environment.compute_resources.0.desired_vcpus": 24,
  },
};

/** The user interface counted, as the module that the reference was forked from has it. */
const COUNTED: Variant = {
  name: "ui-was-counted",
  modules: { "module.metaflow.module.metaflow-ui": "module.metaflow.module.metaflow-ui[0]" },
};

/** All of a root module's parts, with a version and a class of the database that AWS takes. */
const WITH_EVERYTHING = {
  resource_suffix: "prod",
  enable_step_functions: true,
  enable_custom_batch_container_registry: true,
  ui_allow_list: ["198.51.100.0/24"],
  extra_ui_backend_env_vars: { UI_ENABLED: "1" },
  db_engine_version: "14",
  db_instance_type: "db.t4g.small",
};

/** The shapes, by name. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  defaults: { root: services() },
  aurora: {
    root: services({
      db_engine: "aurora-postgresql",
      db_engine_version: "13.12",
      db_instance_type: "db.r6g.large",
    }),
  },
  "parameters-and-names": {
    root: services(
      {
        db_identifier_prefix: "analytics",
        db_name: "flows",
        db_username: "flowadmin",
        s3_bucket_name: "acme-metaflow-artifacts",
        bucket_key_enabled: true,
        db_engine_version: "14",
        db_parameters: { log_min_duration_statement: "500" },
        db_instance_tags: { backup: "daily" },
      },
      { load_balancer_name_prefix: "acme", ecs_cluster_settings: { containerInsights: "enabled" } },
    ),
  },
  "open-with-addresses": {
    root: services(
      {},
      {
        api_basic_auth: false,
        access_list_cidr_blocks: ["198.51.100.0/24", "203.0.113.7/32"],
        with_public_ip: true,
        metadata_service_cpu: 1024,
        metadata_service_memory: 2048,
      },
    ),
  },
  "compute-and-step-functions": {
    root: withCompute(),
    changes: [
      { module: "metaflow-computation", inputs: { compute_environment_desired_vcpus: 32 } },
      { module: "metaflow-computation", inputs: { compute_environment_instance_types: ["m5.large"] } },
      { module: "metaflow-computation", inputs: { batch_type: "fargate" } },
      { module: "metaflow-step-functions", inputs: { active: false } },
    ],
    variants: [SCALED],
  },
  "reference-root": {
    root: whole({
      ...WITH_EVERYTHING,
      db_parameters: { log_min_duration_statement: "500" },
    }),
    changes: [
      { module: "metaflow", inputs: { compute_environment_desired_vcpus: 32 } },
      { module: "metaflow", inputs: { batch_type: "fargate" } },
      {
        module: "metaflow",
        inputs: { enable_step_functions: false, enable_custom_batch_container_registry: false },
      },
      { module: "metaflow", inputs: { db_parameters: {} } },
      { module: "metaflow", inputs: { api_basic_auth: false } },
    ],
    variants: [SCALED, COUNTED],
  },
};

/** Shapes of the module that the reference was forked from (outerbounds/terraform-aws-metaflow): others take over its state with changes. */
export const UPSTREAM_SHAPES: Readonly<Record<string, Shape>> = {
  "upstream-root": {
    callsLast: true,
    root: whole({
      ...WITH_EVERYTHING,
      access_list_cidr_blocks: ["198.51.100.0/24"],
      metadata_service_enable_api_basic_auth: true,
      metadata_service_enable_api_gateway: true,
      with_public_ip: true,
      force_destroy_s3_bucket: true,
      enable_key_rotation: true,
    }),
  },
};
