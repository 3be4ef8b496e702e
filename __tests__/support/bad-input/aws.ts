/**
 * What AWS accepts, written down from its documentation (the pages are named by their titles) and on purpose in other
 * words than the project's own rules: a test that compared the rules with themselves would show nothing.
 */

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
const DIGITS = "0123456789";
const LETTERS = LOWER + UPPER;
const ALPHANUMERIC = LETTERS + DIGITS;

function isMadeOf(text: string, alphabet: string): boolean {
  return [...text].every((character) => alphabet.includes(character));
}

function isLong(text: string, least: number, most: number): boolean {
  const { length } = [...text];
  return length >= least && length <= most;
}

/** "General purpose bucket naming rules", Amazon S3 User Guide. */
export function isBucketName(name: string): boolean {
  const parts = name.split(".");
  return (
    isLong(name, 3, 63) &&
    isMadeOf(name, `${LOWER}${DIGITS}.-`) &&
    [name.at(0), name.at(-1)].every((end) => isMadeOf(end ?? "-", LOWER + DIGITS)) &&
    !parts.includes("") &&
    !(parts.length === 4 && parts.every((part) => isMadeOf(part, DIGITS))) &&
    !["xn--", "sthree-", "amzn-s3-demo-"].some((prefix) => name.startsWith(prefix)) &&
    !["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3", "-an"].some((suffix) => name.endsWith(suffix))
  );
}

/** "CreateDBInstance", DBInstanceIdentifier, Amazon RDS API Reference; the provider wants lower case. */
export function isDatabaseIdentifier(name: string): boolean {
  return (
    isLong(name, 1, 63) &&
    isMadeOf(name, `${LOWER}${DIGITS}-`) &&
    isMadeOf(name.charAt(0), LOWER) &&
    !name.includes("--") &&
    !name.endsWith("-")
  );
}

/** "CreateDBSubnetGroup", DBSubnetGroupName, Amazon RDS API Reference. */
export function isSubnetGroupName(name: string): boolean {
  return (
    isLong(name, 1, 255) &&
    isMadeOf(name, `${LOWER}${DIGITS}. _-`) &&
    isMadeOf(name.charAt(0), LOWER) &&
    name !== "default"
  );
}

/** "CreateSecurityGroup", GroupName, Amazon EC2 API Reference: the characters for a VPC. */
export function isSecurityGroupName(name: string): boolean {
  return isLong(name, 1, 255) && isMadeOf(name, `${ALPHANUMERIC} ._-:/()#,@[]+=&;{}!$*`) && !name.startsWith("sg-");
}

/** "CreateTargetGroup", Name, Elastic Load Balancing API Reference. */
export function isTargetGroupName(name: string): boolean {
  return isLong(name, 1, 32) && isMadeOf(name, `${ALPHANUMERIC}-`) && !name.startsWith("-") && !name.endsWith("-");
}

/** "CreateLoadBalancer", Name, Elastic Load Balancing API Reference. */
export function isLoadBalancerName(name: string): boolean {
  return isTargetGroupName(name) && !name.startsWith("internal-");
}

/** "CreateCluster", "CreateService" and "RegisterTaskDefinition", Amazon ECS API Reference. */
export function isEcsName(name: string): boolean {
  return isLong(name, 1, 255) && isMadeOf(name, `${ALPHANUMERIC}_-`);
}

/** "CreateLogGroup", Amazon CloudWatch Logs API Reference. */
export function isLogGroupName(name: string): boolean {
  return isLong(name, 1, 512) && isMadeOf(name, `${ALPHANUMERIC}_-/.#`);
}

/** "CreateRole", RoleName, IAM API Reference. */
export function isRoleName(name: string): boolean {
  return isLong(name, 1, 64) && isMadeOf(name, `${ALPHANUMERIC}_+=,.@-`);
}

/** "CreateFunction", FunctionName, AWS Lambda API Reference. */
export function isFunctionName(name: string): boolean {
  return isLong(name, 1, 64) && isMadeOf(name, `${ALPHANUMERIC}-_`);
}

/** "SQL Key Words", PostgreSQL documentation: reserved, also those that can be function or type. */
export const POSTGRESQL_WORDS = (
  "ALL ANALYSE ANALYZE AND ANY ARRAY AS ASC ASYMMETRIC AUTHORIZATION BINARY BOTH CASE CAST CHECK COLLATE COLLATION " +
  "COLUMN CONCURRENTLY CONSTRAINT CREATE CROSS CURRENT_CATALOG CURRENT_DATE CURRENT_ROLE CURRENT_SCHEMA CURRENT_TIME " +
  "CURRENT_TIMESTAMP CURRENT_USER DEFAULT DEFERRABLE DESC DISTINCT DO ELSE END EXCEPT FALSE FETCH FOR FOREIGN FREEZE " +
  "FROM FULL GRANT GROUP HAVING ILIKE IN INITIALLY INNER INTERSECT INTO IS ISNULL JOIN LATERAL LEADING LEFT LIKE LIMIT " +
  "LOCALTIME LOCALTIMESTAMP NATURAL NOT NOTNULL NULL OFFSET ON ONLY OR ORDER OUTER OVERLAPS PLACING PRIMARY REFERENCES " +
  "RETURNING RIGHT SELECT SESSION_USER SIMILAR SOME SYMMETRIC SYSTEM_USER TABLE TABLESAMPLE THEN TO TRAILING TRUE UNION " +
  "UNIQUE USER USING VARIADIC VERBOSE WHEN WHERE WINDOW WITH"
)
  .toLowerCase()
  .split(" ");

/** "CreateDBInstance", DBName and MasterUsername, Amazon RDS API Reference; "CREATE ROLE", PostgreSQL documentation. */
export const POSTGRESQL_ROLES = ["admin", "rdsadmin", "rds_superuser", "rds_replication", "public", "none"];

/** "CreateDBInstance", DBName and MasterUsername for PostgreSQL, Amazon RDS API Reference. */
export function isPostgresqlName(name: string): boolean {
  const word = name.toLowerCase();
  return (
    isLong(name, 1, 63) &&
    isMadeOf(name, `${ALPHANUMERIC}_`) &&
    isMadeOf(name.charAt(0), LETTERS) &&
    ![...POSTGRESQL_WORDS, ...POSTGRESQL_ROLES].includes(word) &&
    !word.startsWith("pg_")
  );
}

/** "CreateDBInstance", PreferredMaintenanceWindow, Amazon RDS API Reference: empty, or of 30 minutes at least. */
export function isMaintenanceWindow(text: string): boolean {
  if (text === "") return true;
  const times = text.toLowerCase().split("-").map(minutesOfWeek);
  const [from, to] = times;
  if (times.length !== 2 || from === undefined || to === undefined) return false;
  return (to < from ? to + 10080 : to) - from >= 30;
}

function minutesOfWeek(time: string): number | undefined {
  const [day = "", hours = "", minutes = "", ...rest] = time.split(":");
  const index = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].indexOf(day);
  const isTime = [hours, minutes].every((part) => part.length === 2 && isMadeOf(part, DIGITS)) && rest.length === 0;
  if (index < 0 || !isTime || Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return index * 1440 + Number(hours) * 60 + Number(minutes);
}

/** An IPv4 network as `[first address, length of the prefix]`; undefined for other texts, and where host bits are set. */
export function ipv4Network(text: string): readonly [number, number] | undefined {
  const [address = "", bits = "", ...rest] = text.split("/");
  const first = ipv4Address(address);
  const isPrefix = isMadeOf(bits, DIGITS) && bits === String(Number(bits)) && Number(bits) <= 32;
  if (first === undefined || bits === "" || !isPrefix || rest.length > 0) return undefined;
  return first % 2 ** (32 - Number(bits)) === 0 ? [first, Number(bits)] : undefined;
}

function ipv4Address(text: string): number | undefined {
  const octets = text.split(".");
  const isAddress =
    octets.length === 4 && octets.every((octet) => octet === String(Number(octet)) && Number(octet) < 256);
  return isAddress && octets.every((octet) => isMadeOf(octet, DIGITS))
    ? octets.reduce((sum, octet) => sum * 256 + Number(octet), 0)
    : undefined;
}

/** "VPC CIDR blocks" and "Subnet CIDR blocks", Amazon VPC User Guide: /16 to /28. */
export function isVpcNetwork(text: string): boolean {
  const network = ipv4Network(text);
  return network !== undefined && network[1] >= 16 && network[1] <= 28;
}

/** Whether the addresses of a network are all another's. */
export function isWithin(inner: string, outer: string): boolean {
  const [a, b] = [ipv4Network(inner), ipv4Network(outer)];
  return a !== undefined && b !== undefined && a[0] >= b[0] && end(a) <= end(b);
}

/** Whether two networks have an address in common. */
export function doOverlap(one: string, other: string): boolean {
  const [a, b] = [ipv4Network(one), ipv4Network(other)];
  return a !== undefined && b !== undefined && a[0] < end(b) && b[0] < end(a);
}

function end([first, bits]: readonly [number, number]): number {
  return first + 2 ** (32 - bits);
}

/** "Fargate task definition parameters: Task size", Amazon ECS Developer Guide: MiB by CPU units, `from-to/step`. */
export const FARGATE: Readonly<Record<number, readonly number[]>> = {
  256: [512, 1024, 2048],
  512: gigabytes(1, 4, 1),
  1024: gigabytes(2, 8, 1),
  2048: gigabytes(4, 16, 1),
  4096: gigabytes(8, 30, 1),
  8192: gigabytes(16, 60, 4),
  16384: gigabytes(32, 120, 8),
};

function gigabytes(from: number, to: number, step: number): number[] {
  const sizes: number[] = [];
  for (let size = from; size <= to; size += step) sizes.push(size * 1024);
  return sizes;
}

/** "Tag naming limits and requirements", Tagging AWS Resources; "Tag", Amazon RDS API Reference, for `rds:`. */
export function areTags(map: Readonly<Record<string, unknown>>, ...prefixes: string[]): boolean {
  const isReserved = (text: string) => prefixes.some((prefix) => text.toLowerCase().startsWith(prefix));
  const isTagText = (text: string) => [...text.normalize("NFC")].every(isTagCharacter) && !isReserved(text);
  return (
    new Set([...Object.keys(map), "Name", "Metaflow"]).size <= 50 &&
    Object.entries(map).every(
      ([key, value]) =>
        isLong(key, 1, 128) &&
        isTagText(key) &&
        (value === null || (typeof value === "string" && isLong(value, 0, 256) && isTagText(value))),
    )
  );
}

/** "Tags for IAM resources", IAM User Guide: keys are not case-sensitive. */
export function areIamTags(map: Readonly<Record<string, unknown>>, ...prefixes: string[]): boolean {
  const keys = Object.keys(map).map((key) => key.toLowerCase());
  return areTags(map, ...prefixes) && new Set(keys).size === keys.length;
}

/** Tags of roles and of a database, beside the tag by which recovery knows what is the deployment's. */
export function areDeploymentTags(map: Readonly<Record<string, unknown>>): boolean {
  const own = "metaflow-deployment";
  const isFree = !Object.keys(map).some((key) => key.toLowerCase() === own);
  return areIamTags(map, "aws:", "rds:") && areTags({ ...map, [own]: "" }) && isFree;
}

/** The pattern that the API references of IAM, Amazon ECS, Amazon RDS and others give for tags. */
function isTagCharacter(character: string): boolean {
  return "_.:/=+-@".includes(character) || /\p{Letter}|\p{Number}|\p{Separator}/u.test(character);
}

/** "Resource IDs", Amazon EC2 User Guide: none that is another kind's; what is no id may stand for one. */
export function isResourceId(prefix: string, text: string): boolean {
  const [kind = "", ...rest] = text.split("-");
  const isOther = rest.length > 0 && kind !== prefix && KINDS.includes(kind);
  return text !== `${prefix}-` && isLong(text, 1, 255) && isMadeOf(text, `${ALPHANUMERIC}_.-`) && !isOther;
}

const KINDS = "acl ami dopt eigw eipalloc eni i igw lt nat pcx r rtb sg snap subnet tgw vgw vol vpc vpce".split(" ");

/** "Mock providers", Terraform's documentation: a string that is computed is of eight letters and digits. */
export function isMocked(text: string): boolean {
  return text.length === 8 && isMadeOf(text, LOWER + DIGITS);
}

/** "Amazon Resource Names (ARNs)", AWS General Reference. */
export function isArn(text: string, service?: string, resource = ""): boolean {
  const [arn, partition = "", owner = "", , account = "", ...rest] = text.split(":");
  const isPlace = partition === "aws" || (partition.startsWith("aws-") && isMadeOf(partition, `${LOWER}-`));
  return (
    arn === "arn" &&
    isPlace &&
    owner !== "" &&
    (service === undefined || (owner === service && isMadeOf(account, DIGITS) && account.length === 12)) &&
    rest.join(":").startsWith(resource) &&
    rest.join(":").length > resource.length
  );
}

/** "KeyValuePair", Amazon ECS API Reference: a name that a shell takes; and none that the module sets itself. */
export function isAdditionalVariable(name: string): boolean {
  const own = ["HOST", "NAME", "PORT", "PSWD", "SSL_MODE", "USER"].some((end) => name === `MF_METADATA_DB_${end}`);
  return name !== "" && isMadeOf(name, `${ALPHANUMERIC}_`) && !DIGITS.includes(name.charAt(0)) && !own;
}

/** "Secret", valueFrom, Amazon ECS API Reference. */
export function isSecretArn(text: string): boolean {
  const [service, kind] = [text.split(":")[2], text.split(":")[5]?.split("/")[0]];
  const isKnown = (service === "secretsmanager" && kind === "secret") || (service === "ssm" && kind === "parameter");
  return isArn(text, service) && isKnown;
}

/** "IAM identifiers", IAM User Guide: of an account, or AWS's own. */
export function isPolicyArn(text: string): boolean {
  return isArn(text.replace("iam::aws:", "iam::123456789012:"), "iam", "policy/");
}

/** "ContainerDefinition", image, Amazon ECS API Reference. */
export function isImage(text: string): boolean {
  return isLong(text, 1, 255) && isMadeOf(text, `${ALPHANUMERIC}-_:./#@`) && isMadeOf(text.charAt(0), ALPHANUMERIC);
}

/** "Instance types", Amazon EC2 instance type guide, and the words that AWS Batch has for several: of x86, and of Graviton. */
export const X86_TYPES = [
  "optimal",
  "default_x86_64",
  "m5.large",
  "c5",
  "g5",
  "p4d.24xlarge",
  "m7i-flex.xlarge",
  "u7i-12tb.224xlarge",
];
export const GRAVITON_TYPES = ["m7g", "m7g.large", "c7gn.2xlarge", "g5g", "default_arm64", "a1.metal"];
export const INSTANCE_TYPES = [...X86_TYPES, ...GRAVITON_TYPES];

/** "CreateJobQueue", AWS Batch API Reference. */
export const isQueueName = (name: string) => /^[a-zA-Z0-9][\w-]{0,127}$/.test(name) && /^[ -~]*$/.test(name);

/** "CreateTable", Amazon DynamoDB API Reference. */
export const isTableName = (name: string) => /^[a-zA-Z0-9_.-]{3,255}$/.test(name);
