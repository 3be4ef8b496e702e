import { DEPLOYMENT_TAG } from "../../lib/aws/tags";
import { escapeTemplate } from "../../lib/hcl/template";
import type { Asked, Tagged } from "./match";
import type { Attributes, Plan } from "./plan";

const TAGGED_TYPE = "aws_resourcegroupstaggingapi_resources";

/** The data source that lists what bears the deployment's tags. */
export const TAGGED_ADDRESS = `data.${TAGGED_TYPE}.recover[0]`;

/** Questions to AWS, each a data source; one that has no answer is not asked again. */
export class Questions {
  private readonly asked: Asked[] = [];
  private readonly answers = new Map<string, Attributes | null>();

  /** @returns whether there are any */
  public add(questions: readonly Asked[]): boolean {
    this.asked.push(...questions);
    return questions.length > 0;
  }

  /** The answer: null where there is no such thing, undefined where it is not known yet. */
  public answer(asked: Asked): Attributes | null | undefined {
    return this.answers.get(JSON.stringify(asked));
  }

  /** The data sources to plan with: the open questions, and what bears the tags that the provider gives all resources. */
  public data(): Record<string, Record<string, unknown>> {
    const tagFilter = {
      for_each: "${data.aws_default_tags.recover.tags}",
      content: { key: "${tag_filter.key}", values: ["${tag_filter.value}"] },
    };
    // Without a filter it would list whatever the account has.
    const count = `\${can(data.aws_default_tags.recover.tags["${DEPLOYMENT_TAG}"]) ? 1 : 0}`;
    const data: Record<string, Record<string, unknown>> = {
      aws_default_tags: { recover: {} },
      [TAGGED_TYPE]: { recover: { count, dynamic: { tag_filter: tagFilter } } },
    };
    this.open().forEach(([name, { type, with: values }]) => {
      const entries = Object.entries(values).map(([key, value]) => [key, escapeTemplate(value)]);
      data[type] = { ...data[type], [name]: Object.fromEntries(entries) as unknown };
    });
    return data;
  }

  /** Takes the answers from a plan. */
  public read(plan: Plan): void {
    this.open().forEach(([name, asked]) => {
      const answer = plan.answers.get(`data.${asked.type}.${name}`);
      if (answer) this.answers.set(JSON.stringify(asked), answer);
    });
  }

  /** Notes that the question at an address has no answer. @returns whether there is such a question */
  public markUnanswered(address: string): boolean {
    const found = this.open().find(([name, { type }]) => address === `data.${type}.${name}`);
    if (found) this.answers.set(JSON.stringify(found[1]), null);
    return found !== undefined;
  }

  private open(): (readonly [string, Asked])[] {
    return this.asked
      .map((asked, index) => [`recover_${String(index)}`, asked] as const)
      .filter(([, asked]) => !this.answers.has(JSON.stringify(asked)));
  }
}

/** Whether the stack marks its resources as this deployment's. */
export function isTagged(plan: Plan): boolean {
  const tags = plan.answers.get("data.aws_default_tags.recover")?.tags as Record<string, string> | null | undefined;
  return tags?.[DEPLOYMENT_TAG] !== undefined;
}

/** What bears the deployment's tags. */
export function taggedResources(plan: Plan): Tagged[] {
  const list = plan.answers.get(TAGGED_ADDRESS)?.resource_tag_mapping_list ?? [];
  return (list as { resource_arn: string; tags: Record<string, string> | null }[]).map(({ resource_arn, tags }) => ({
    arn: resource_arn,
    tags: tags ?? {},
  }));
}
