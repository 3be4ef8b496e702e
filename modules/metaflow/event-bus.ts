import { CloudwatchEventBus } from "@cdktf/provider-aws/lib/cloudwatch-event-bus";
import { Construct } from "constructs";
import { eventBusName } from "../../lib/aws/events";
import type { Inputs } from "../../lib/contract/inputs";
import { resource } from "../../lib/synth/addresses";
import { affixedName } from "../../lib/synth/checked";
import type { MetaflowInputs } from "./generated/interface";

/** An event bus of EventBridge for events of the user's own systems; Metaflow's schedules are rules of the default one. */
export class EventBus extends Construct {
  public readonly bus: CloudwatchEventBus;

  public constructor(scope: Construct, id: string, inputs: Inputs<MetaflowInputs>) {
    super(scope, id);
    this.bus = resource(this, CloudwatchEventBus, "this", {
      name: affixedName(this, "name", inputs, { middle: "events", what: "event bus", rule: eventBusName }),
      tags: inputs.standardTags,
    });
  }
}
