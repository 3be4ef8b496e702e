import { databaseOptions } from "../../lib/aws/database-options";
import { choiceOption, listOption, numberOption, objectOption, type Option } from "../../lib/contract/contract";
import { wholeNumber } from "../../lib/contract/rules";
import { MOST_TASKS } from "../../lib/aws/autoscaling";
import { subnetIds, vpcEndpointIds } from "../../lib/aws/ec2";
import { roleOptions } from "../../lib/aws/role-options";

/** How many tasks the service has, where they are and who reaches them: what the composition has, too. */
export const serviceSizes = {
  desiredTasks: numberOption({
    description: "How many tasks of the service run",
    rule: wholeNumber(1, MOST_TASKS),
    unset: "1, which ECS keeps where somebody changes it elsewhere",
  }),
  taskScaling: objectOption({
    name: "TaskScaling",
    about: "How many tasks of the service run, by their load (Application Auto Scaling)",
    description: "Has the number of tasks follow their load, between two bounds; `desiredTasks` is left out then",
    source:
      '"Target tracking scaling policies for Application Auto Scaling" in the Application Auto Scaling User Guide',
    unset: "their number stays",
    fields: {
      min: numberOption({ description: "The fewest tasks", rule: wholeNumber(1, MOST_TASKS) }),
      max: numberOption({ description: "The most tasks", rule: wholeNumber(1, MOST_TASKS) }),
      cpuPercent: numberOption({
        description: "The average use of their CPU, in percent, that the number of tasks follows",
        rule: wholeNumber(10, 100),
        unset: 60,
      }),
    },
  }),
  taskSubnetIds: listOption({
    description: "The subnets of the service's tasks and of the migration function, two at least",
    rule: subnetIds,
    unset: "`subnet1Id` and `subnet2Id`",
  }),
  loadBalancerSubnetIds: listOption({
    description:
      "The subnets of the load balancer, two at least, each in a zone of its own. Its zones should be those of the tasks",
    rule: subnetIds,
    unset: "`subnet1Id` and `subnet2Id`",
  }),
  restApi: choiceOption({
    name: "RestApi",
    description: "Who reaches the REST API, and whether there is one",
    words: {
      public: "everybody who has the API key or one of the addresses that may call",
      private: "who reaches one of `restApiVpcEndpointIds`, the VPC endpoints of API Gateway (execute-api)",
      none: "there is no REST API: callers reach the load balancer, from its VPC and networks with a route to it, without a key",
    },
    unset: "public",
  }),
  restApiVpcEndpointIds: listOption({
    description:
      "The VPC endpoints of API Gateway (execute-api) through which a private REST API is called; METAFLOW_SERVICE_URL has the name of the " +
      "first",
    source: '"Private REST APIs in API Gateway" in the Amazon API Gateway Developer Guide',
    rule: vpcEndpointIds,
    unset: "none",
  }),
} as const satisfies Readonly<Record<string, Option>>;

/** What the service has beyond what its module has. */
export const ownOptions = {
  databasePort: databaseOptions.databasePort,
  ...roleOptions,
  ...serviceSizes,
} as const satisfies Readonly<Record<string, Option>>;
