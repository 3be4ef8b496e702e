import { POSTGRESQL_PORT } from "../../lib/aws/ports";
import {
  boolOption,
  choiceOption,
  listOption,
  numberOption,
  objectOption,
  stringOption,
  type Option,
} from "../../lib/contract/contract";
import { wholeNumber } from "../../lib/contract/rules";
import { subnetIds } from "../../lib/aws/ec2";
import { keyArn } from "../../lib/aws/kms";
import { capacityUnits, databaseAddress, pauseSeconds, storageLimit, storageSize } from "../../lib/aws/rds";
import { bucketArn } from "../../lib/aws/s3";
import { containerSecret } from "../../lib/aws/secrets-manager";

/** A database that is there already, and how the service reaches it. */
export const existingDatabase = objectOption({
  name: "ExistingDatabase",
  about: "A PostgreSQL database that is there already, which Terraform neither makes nor changes",
  description:
    "A PostgreSQL database that is there already: no RDS, and none of what belongs to it, is made. The rule that admits the service " +
    "is its owner's",
  unset: "the construct makes the database",
  fields: {
    address: stringOption({ description: "The host's name or address, without a port", rule: databaseAddress }),
    port: numberOption({ description: "Its port", rule: wholeNumber(1, 65535), unset: POSTGRESQL_PORT }),
    name: stringOption({ description: "The database's name", unset: "metaflow" }),
    username: stringOption({ description: "The user, who owns the database or may create tables in it" }),
    passwordSecretArn: stringOption({
      description:
        "The secret of Secrets Manager that holds the user's password: its ARN, with `:password::` behind it where the secret is JSON " +
        "that has the password under that key, as RDS's own secrets are",
      source:
        '"Pass Secrets Manager secrets through Amazon ECS environment variables" in the Amazon ECS Developer Guide',
      rule: containerSecret,
    }),
    passwordSecretKmsKeyArn: stringOption({
      description: "The ARN of the KMS key that encrypts the secret, where that is not AWS's own (aws/secretsmanager)",
      rule: keyArn,
      unset: "AWS's own key, which needs no permission",
    }),
  },
});

/** What a database has that its owner may choose. */
export const databaseSizes = {
  storage: objectOption({
    name: "DatabaseStorage",
    about: "The storage of an RDS instance",
    description: "The storage of the instance; an Aurora cluster has storage of its own",
    unset: "20 GiB of gp2 that grow to 1000 GiB",
    fields: {
      size: numberOption({
        description: "GiB at first; RDS never makes a storage smaller",
        rule: storageSize,
        unset: 20,
      }),
      limit: numberOption({
        description:
          "GiB up to which RDS lets it grow by itself, 10 % more than `size` at least; 0 if it does not grow",
        source: '"Managing capacity automatically with Amazon RDS storage autoscaling" in the Amazon RDS User Guide',
        rule: storageLimit,
        unset: 1000,
      }),
      type: choiceOption({
        name: "DatabaseStorageType",
        description: "The type of the volumes",
        words: {
          gp2: "general purpose, with a throughput that grows with the size",
          gp3: "general purpose, with 3000 I/O operations a second at any size; RDS changes gp2 into it without a stop",
        },
        unset: "gp2",
      }),
    },
  }),
  multiAz: boolOption({
    description:
      "Whether an RDS instance has a standby in another zone, which takes over within a minute or two; an Aurora cluster has none",
    unset: true,
  }),
  serverlessCapacity: objectOption({
    name: "ServerlessCapacity",
    about: "The bounds of Aurora Serverless v2, in ACUs (Aurora capacity units of about 2 GiB of memory)",
    description:
      "Makes the cluster's instance one of Aurora Serverless v2 (db.serverless), for the engine aurora-postgresql; `dbInstanceType` is " +
      "not used then",
    source: '"Requirements and limitations for Aurora Serverless v2" in the Amazon Aurora User Guide',
    unset: "an instance of `dbInstanceType`",
    fields: {
      min: numberOption({
        description:
          "The fewest ACUs; 0 lets the database pause, in the versions that can (13.15, 14.12, 15.7, 16.3, 17)",
        rule: capacityUnits(0),
      }),
      max: numberOption({ description: "The most ACUs", rule: capacityUnits(1) }),
      secondsUntilAutoPause: numberOption({
        description: "How long the database has no connection before it pauses, where `min` is 0",
        rule: pauseSeconds,
        unset: 300,
      }),
    },
  }),
} as const satisfies Readonly<Record<string, Option>>;

/** What is brought rather than made, and what the database is like. */
export const ownOptions = {
  existingBucketArn: stringOption({
    description:
      "The ARN of a bucket that is there already: no bucket is made, and nothing of this one is changed. Its encryption, versions, " +
      "access log, events and policy are its owner's; `bucketKmsKeyArn` must name its key",
    rule: bucketArn,
    unset: "the construct makes the bucket",
  }),
  bucketKmsKeyArn: stringOption({
    description:
      "The ARN of the KMS key that encrypts the bucket: no key is made for it. Its policy must leave it to the account's IAM policies, " +
      "as KMS's own does",
    rule: keyArn,
    unset: "a key of the construct's own",
  }),
  databaseKmsKeyArn: stringOption({
    description: "Likewise, for the database. RDS cannot change the key of a database: Terraform would replace it",
    rule: keyArn,
    unset: "a key of the construct's own",
  }),
  databaseSubnetIds: listOption({
    description: "The subnets of the database, two at least, in two zones at least",
    rule: subnetIds,
    unset: "`subnet1Id` and `subnet2Id`",
  }),
  existingDatabase,
  ...databaseSizes,
} as const satisfies Readonly<Record<string, Option>>;
