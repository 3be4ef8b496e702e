import { askAws } from "./emulated-aws";
import { judge, type Call, type PolicyDocument, type Verdict } from "./iam";

/** A role as IAM has it. */
export class DeployedRole {
  private constructor(
    public readonly trust: PolicyDocument,
    /** By their names. */
    public readonly policies: Readonly<Record<string, PolicyDocument>>,
    public readonly maxSessionDuration: number,
  ) {}

  /**
   * Reads a role with its policies from the emulated AWS.
   *
   * @param attached - the policies of others that it has, which are not judged
   * @param endpoint - of the emulated AWS, by default the tests' own
   * @throws where it has other such policies
   */
  public static async read(
    account: string,
    name: string,
    attached: readonly string[] = [],
    endpoint?: string,
  ): Promise<DeployedRole> {
    const ask = async (action: string, parameters = {}) => {
      const body = new URLSearchParams({ Action: action, Version: "2010-05-08", RoleName: name, ...parameters });
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const answer = await askAws({ service: "iam", account, endpoint, headers, body: body.toString() });
      if (answer.status !== 200) throw new Error(`IAM answered ${String(answer.status)}: ${answer.body}`);
      return answer.body;
    };
    const role = await ask("GetRole");
    const others = elements(await ask("ListAttachedRolePolicies"), "PolicyArn");
    if (others.sort().join() !== [...attached].sort().join()) {
      throw new Error(`The role ${name} has the managed policies ${others.join(", ")}.`);
    }
    const names = elements(await ask("ListRolePolicies"), "member");
    const policies = await Promise.all(
      names.map(async (PolicyName) => {
        const policy = await ask("GetRolePolicy", { PolicyName });
        return [PolicyName, document(policy, "PolicyDocument")] as const;
      }),
    );
    const [seconds] = elements(role, "MaxSessionDuration");
    return new DeployedRole(document(role, "AssumeRolePolicyDocument"), Object.fromEntries(policies), Number(seconds));
  }

  /** Whether a session with the role may make a call. */
  public says(call: Call): Verdict {
    return judge(Object.values(this.policies), call);
  }

  /** Whether a caller may assume the role. */
  public admits(
    caller: Record<string, string>,
    context: Call["context"] = {},
    action: "sts:AssumeRole" | "sts:AssumeRoleWithWebIdentity" = "sts:AssumeRole",
  ): Verdict {
    return judge([this.trust], { action, caller, context });
  }
}

function document(xml: string, name: string): PolicyDocument {
  const [text = ""] = elements(xml, name);
  return JSON.parse(text.startsWith("%") ? decodeURIComponent(text) : text.replaceAll("&quot;", '"')) as PolicyDocument;
}

function elements(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "g"))].map(([, text = ""]) => text.trim());
}
