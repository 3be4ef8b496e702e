import { certificateArn, sslPolicy } from "../../lib/aws/elb";
import { containerImage } from "../../lib/aws/ecs";
import { userPoolArn, userPoolClientId } from "../../lib/aws/cognito";
import { domainName } from "../../lib/aws/domains";
import { subnetIds } from "../../lib/aws/ec2";
import { ipv4Network } from "../../lib/aws/networks";
import {
  boolOption,
  listOption,
  mapOption,
  numberOption,
  objectOption,
  stringOption,
  switchOption,
} from "../../lib/contract/contract";
import { listOf } from "../../lib/contract/rules";
import { additionalEnvironment } from "../metadata-service/environment";

/** The frontend's image: the version that the backend of today is made for (UI_VERSION in Netflix/metaflow-service v2.5.1). */
export const FRONTEND_IMAGE = "public.ecr.aws/outerbounds/metaflow_ui:v1.3.13";
export const SSL_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/** Metaflow's web interface, which a deployment has by this option. */
export const uiOption = objectOption({
  name: "WebInterface",
  about: "Metaflow's web interface, and who may see it",
  description: "Metaflow's web interface, on a load balancer of its own",
  unset: "none",
  fields: {
    certificateArn: stringOption({
      description: "The ARN of the certificate that the load balancer shows, of the deployment's region",
      rule: certificateArn,
    }),
    domainName: stringOption({
      description:
        "The name that the certificate is for, which must resolve to the load balancer (`ui_load_balancer_dns_name`); " +
        "METAFLOW_UI_URL has it",
      rule: domainName,
      unset: "the load balancer's own, which no certificate is for",
    }),
    allowList: listOption({
      description:
        "The networks that may reach the web interface. It may be everybody (0.0.0.0/0) where visitors sign in, or where the load " +
        "balancer is `internal`",
      rule: listOf(ipv4Network),
      unset: "everybody where visitors sign in to a user pool, else nobody",
    }),
    internal: boolOption({
      description: "Whether the load balancer has private addresses only, for visitors who reach the network by a VPN",
      unset: false,
    }),
    loadBalancerSubnetIds: listOption({
      description:
        "The subnets of its load balancer in the VPC of `vpcId`, two at least, each in a zone of its own: public ones, unless it is `internal`",
      rule: subnetIds,
      unset: "`loadBalancerSubnetIds` of the deployment, or `subnet1Id` and `subnet2Id`",
    }),
    ownUserPool: switchOption({
      description:
        "Whether visitors sign in to an Amazon Cognito user pool of the deployment's own, whose users an administrator creates",
      unset: false,
    }),
    userPool: objectOption({
      name: "WebInterfaceUserPool",
      about: "A user pool that there is already",
      description: "The Amazon Cognito user pool that visitors sign in to, instead of one of the deployment's own",
      unset: "none",
      fields: {
        arn: stringOption({ description: "The user pool's ARN", rule: userPoolArn }),
        clientId: stringOption({
          description:
            "The id of its client, which has a secret and the callback URL https://<domainName>/oauth2/idpresponse",
          rule: userPoolClientId,
        }),
        domain: stringOption({ description: "Its domain: the prefix of Amazon Cognito's, or one of yours" }),
      },
    }),
    sslPolicy: stringOption({
      description: "The security policy of the load balancer: its TLS versions and ciphers",
      source: '"Security policies for your Application Load Balancer" in the user guide for Application Load Balancers',
      rule: sslPolicy,
      unset: `\`${SSL_POLICY}\`, which has TLS 1.2 and 1.3`,
    }),
    backendImage: stringOption({
      description: "The backend's container image",
      rule: containerImage,
      unset: "that of `metadataServiceContainerImage`, which has both services",
    }),
    frontendImage: stringOption({
      description: "The frontend's container image",
      rule: containerImage,
      unset: `\`${FRONTEND_IMAGE}\``,
    }),
    backendCpu: numberOption({
      description: "The CPU units of the backend's task, 1024 being one vCPU",
      unset: 2048,
    }),
    backendMemory: numberOption({
      description: "The memory of the backend's task in MiB, which grows with the artifacts that it shows",
      unset: 16384,
    }),
    backendEnvironment: mapOption({
      description:
        "Environment variables of the backend in addition to the deployment's own, such as LOGLEVEL or PREFETCH_RUNS_SINCE (seconds)",
      source: "services/ui_backend_service/docs/environment.md of Netflix/metaflow-service",
      rule: additionalEnvironment,
      unset: "`LOGLEVEL` is INFO",
    }),
  },
});
