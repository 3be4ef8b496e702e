import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { emulatedProvider, sealedEnvironment } from "../../tools/terraform/environment";
import { appFolder } from "../support/app-folder";
import { withAttachedTerraform } from "../support/attached-terraform";
import { askAws, emulatedAws, freshAccount } from "../support/emulated-aws";
import { runProgram } from "../support/faults";
import { guideBlocks, Reader } from "../support/guide";
import { publishedFiles } from "../support/published";

const guide = guideBlocks("docs/migrate-from-hcl.md");
const account = freshAccount();
const home = mkdtempSync(join(realpathSync(tmpdir()), "metaflow-guide-"));
const [hcl, app, work] = [join(home, "infrastructure"), appFolder(), join(home, "takeover")];

afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

interface State {
  readonly resources: readonly {
    readonly module?: string;
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: Record<string, unknown> }[];
  }[];
}

/** What identifies the resources of a state that are to survive, by their types and names in the modules. */
function identities({ resources }: State): Record<string, unknown> {
  return Object.fromEntries(
    resources
      .filter(({ mode, type }) => mode === "managed" && type !== "aws_ecs_task_definition")
      .flatMap(({ module, type, name, instances }) => {
        const own = module ? name : name.replace(/^(datastore|metadata_service)_/, "");
        const { id, arn, resource_id, cluster_resource_id, result } = instances[0]?.attributes ?? {};
        return (module ?? own !== name)
          ? [[`${type}.${own}`, { id, arn, resource_id, cluster_resource_id, result }] as const]
          : [];
      }),
  );
}

/** Some twenty runs of Terraform take four minutes on two idle cores. */
const MINUTES = 40;

describe("somebody who follows the guide", () => {
  const states: Record<string, State> = {};
  const printed: { readonly text: string; readonly expected: string; readonly actual: string }[] = [];
  let objects = "";
  let recovery: Awaited<ReturnType<typeof runProgram>> | undefined;
  let unmet: string[] = [];

  /** Follows a section, and keeps what it prints where the guide says what that is. */
  async function follow(reader: Reader, heading: string): Promise<void> {
    for (const block of guide.get(heading) ?? []) {
      const actual = await reader.follow(block);
      if (block.expected !== undefined) printed.push({ text: block.text, expected: block.expected, actual });
    }
  }

  beforeAll(async () => {
    await askAws({ service: "s3", account, path: "/acme-terraform", method: "PUT", body: OREGON });
    writeRoot();
    const shell = environment();
    const reader = new Reader(home, shell, OWN);
    await reader.shell(`cd "${hcl}" && git init -q && git add . && git commit -qm "Metaflow"`);
    await reader.shell("terraform init && terraform apply -auto-approve");
    const ids = JSON.parse(await reader.shell("terraform output -json ids")) as Record<string, string>;
    Object.assign(OWN, ids);
    await askAws({ service: "s3", account, path: "/metaflow-s3-prod/metaflow/artifact", method: "PUT", body: "42" });
    const state = async (folder: string) =>
      JSON.parse(await reader.shell(`terraform -chdir="${folder}" state pull`)) as State;

    await follow(reader, "Before you begin");
    states.before = await state(hcl);
    await follow(reader, "A. Swap the source");
    states.swapped = await state(hcl);
    await follow(reader, "B. On to the app");
    states.taken = await state(join(app, "cdktf.out", "stacks", "metaflow"));
    states.rest = await state(hcl);
    const search = ["--folder", join(app, "cdktf.out", "stacks", "metaflow"), `--var-file=${app}/takeover.tfvars.json`];
    recovery = await runProgram("tools/recover/index.ts", search, shell);
    objects = (await askAws({ service: "s3", account, path: "/metaflow-s3-prod/metaflow/artifact" })).body;
    await follow(reader, "How to go back");
    unmet = reader.unmet;
    states.back = await state(hcl);
    states.left = await state(join(app, "cdktf.out", "stacks", "metaflow"));
    await reader.shell(`terraform -chdir="${hcl}" plan -detailed-exitcode`);
  }, MINUTES * 60_000);

  test("meets every example in the guide", () => {
    expect(unmet).toEqual([]);
  });

  test("sees what the guide says", () => {
    expect(printed.map(({ text, actual }) => `${text}${actual}`)).toEqual(
      printed.map(({ text, expected }) => `${text}${expected}`),
    );
    expect(printed).toHaveLength(5);
  });

  test.each(["swapped", "taken", "back"])("has the same resources, %s", (name) => {
    const before = identities(states.before as State);
    expect(Object.keys(before).length).toBeGreaterThan(35);
    expect(identities(states[name] as State)).toEqual(expect.objectContaining(before));
  });

  test("has the same database, bucket, password and REST API in the app", () => {
    const taken = identities(states.taken as State);
    for (const kept of ["aws_db_instance.this", "aws_s3_bucket.this", "random_password.this", "aws_kms_key.rds"]) {
      expect(taken[kept]).toEqual(identities(states.before as State)[kept]);
      expect(taken[kept]).toMatchObject({ id: expect.stringMatching(/./) as string });
    }
    expect(objects).toBe("42");
  });

  test("is told by npm run recover that it looks for names only", () => {
    expect(recovery).toEqual({
      code: 0,
      output: expect.stringMatching(/^The next apply: 0 to import.*\nOnly what is found by its name/) as string,
    });
  });

  test("keeps the rest in the root", () => {
    const managed = (states.rest as State).resources.filter(({ mode }) => mode === "managed");
    expect(managed.map(({ type, name }) => `${type}.${name}`).sort()).toEqual([
      "aws_iam_policy.artifacts",
      "aws_iam_role.ecs_execution",
      "aws_subnet.a",
      "aws_subnet.b",
      "aws_vpc.this",
    ]);
  });

  test("leaves nothing with the app after going back", () => {
    expect((states.left as State).resources.filter(({ mode }) => mode === "managed")).toEqual([]);
  });
});

/** The example's folders, sources and ids, and what they are here; the ids are known once the root is applied. */
const OWN: Record<string, string> = {
  "~/infrastructure": hcl,
  "~/cdktf-metaflow": app,
  "~/metaflow-takeover": work,
  "github.com/natcapresearch/terraform-aws-metaflow//modules/": "./upstream/modules/",
  // The emulated AWS has no bucket names in host names, and there are no checksums of providers for other platforms.
  '    key    = "metaflow/terraform.tfstate"\n':
    '    key    = "metaflow/terraform.tfstate"\n    use_path_style = true\n',
  "npx cdktf deploy": "node_modules/.bin/cdktf deploy --auto-approve --skip-provider-lock",
};

const OREGON =
  "<CreateBucketConfiguration><LocationConstraint>us-west-2</LocationConstraint></CreateBucketConfiguration>";

function environment(): NodeJS.ProcessEnv {
  const { endpoint, cliConfig } = emulatedAws();
  const extra = {
    CI: "1",
    TF_CLI_ARGS_init: "-backend-config=use_path_style=true",
    GIT_AUTHOR_NAME: "Reader",
    GIT_AUTHOR_EMAIL: "reader@example.com",
    GIT_COMMITTER_NAME: "Reader",
    GIT_COMMITTER_EMAIL: "reader@example.com",
  };
  const sealed = sealedEnvironment({ endpoint, cliConfig, account, extra });
  return withAttachedTerraform(sealed, join(home, "bin"), [hcl, join(app, "cdktf.out", "stacks", "metaflow")]);
}

/** The reader's root, which calls modules with the reference's addresses, and whose Lambda has other code. */
function writeRoot(): void {
  const upstream = Object.entries(publishedFiles()).map(
    ([file, text]) =>
      [`upstream/${file}`, file.endsWith("/index.py") ? `# Another project's code.\n${text}` : text] as const,
  );
  const files = {
    ...Object.fromEntries(upstream),
    "main.tf": MAIN,
    "metaflow.tf": METAFLOW,
    ".gitignore": ".terraform*",
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(hcl, file)), { recursive: true });
    writeFileSync(join(hcl, file), text);
  }
  // What makes the app's provider one for the emulated AWS.
  const stack = join(app, "cdktf.out", "stacks", "metaflow");
  mkdirSync(stack, { recursive: true });
  writeFileSync(
    join(stack, "emulated_override.tf.json"),
    JSON.stringify({ provider: { aws: emulatedProvider(account) } }),
  );
}

const MAIN = `terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
  backend "s3" {
    bucket       = "acme-terraform"
    key          = "infrastructure/terraform.tfstate"
    region       = "us-west-2"
    use_lockfile = true
  }
}

provider "aws" {
  region            = "us-west-2"
  s3_use_path_style = true
}

resource "aws_vpc" "this" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.this.id
  cidr_block        = "10.20.1.0/24"
  availability_zone = "us-west-2a"
}

resource "aws_subnet" "b" {
  vpc_id            = aws_vpc.this.id
  cidr_block        = "10.20.2.0/24"
  availability_zone = "us-west-2b"
}

data "aws_iam_policy_document" "ecs" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "ecs_execution" {
  name               = "metaflow-ecs-execution-role-prod"
  assume_role_policy = data.aws_iam_policy_document.ecs.json
}

data "aws_iam_policy_document" "artifacts" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["\${module.metaflow-datastore.s3_bucket_arn}/*"]
  }
}

resource "aws_iam_policy" "artifacts" {
  name   = "metaflow-artifacts"
  policy = data.aws_iam_policy_document.artifacts.json
}

output "service_url" {
  value = module.metaflow-metadata-service.METAFLOW_SERVICE_URL
}

output "ids" {
  value = {
    "vpc-0a1b2c3d4e5f60718"    = aws_vpc.this.id
    "subnet-0a1b2c3d4e5f60718" = aws_subnet.a.id
    "subnet-0a1b2c3d4e5f60719" = aws_subnet.b.id
  }
}
`;

const METAFLOW = `module "metaflow-datastore" {
  source = "./upstream/modules/datastore"

  resource_prefix                    = "metaflow-"
  resource_suffix                    = "-prod"
  metaflow_vpc_id                    = aws_vpc.this.id
  subnet1_id                         = aws_subnet.a.id
  subnet2_id                         = aws_subnet.b.id
  metadata_service_security_group_id = module.metaflow-metadata-service.metadata_service_security_group_id
  standard_tags                      = { application = "metaflow" }
}

module "metaflow-metadata-service" {
  source = "./upstream/modules/metadata-service"

  resource_prefix                 = "metaflow-"
  resource_suffix                 = "-prod"
  metaflow_vpc_id                 = aws_vpc.this.id
  subnet1_id                      = aws_subnet.a.id
  subnet2_id                      = aws_subnet.b.id
  vpc_cidr_blocks                 = [aws_vpc.this.cidr_block]
  access_list_cidr_blocks         = []
  fargate_execution_role_arn      = aws_iam_role.ecs_execution.arn
  database_name                   = module.metaflow-datastore.database_name
  database_username               = module.metaflow-datastore.database_username
  database_password               = module.metaflow-datastore.database_password
  rds_master_instance_endpoint    = module.metaflow-datastore.rds_master_instance_endpoint
  s3_bucket_arn                   = module.metaflow-datastore.s3_bucket_arn
  datastore_s3_bucket_kms_key_arn = module.metaflow-datastore.datastore_s3_bucket_kms_key_arn
  standard_tags                   = { application = "metaflow" }
}
`;
