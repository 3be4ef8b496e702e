"""Stand-ins for the Terraform providers hashicorp/random 3.7.2 and hashicorp/archive 2.7.1, for machines that reach no registry.

    python providers.py random|archive     serves one provider to Terraform (go-plugin's handshake, protocol 6)

They have what Metaflow's modules use: random_password, random_pet and the data source archive_file (zip), each with the
attributes, defaults, validation and replacement rules of the real one. terraform.ts installs them only where no registry answers.
"""

import os
import secrets
import sys
from pathlib import Path

import tf.provider
import tf.runner
from tf.iface import Provider, Resource
from tf.schema import Attribute, Schema
from tf.types import Bool, Map, Number, String, Unknown
from tf.utils import read_dynamic_value, to_dynamic_value

LOWER, UPPER, DIGITS = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
SPECIAL = "!@#$%&*()-_=+[]{}<>:?"
ADJECTIVES = (
    "able amber ample apt blithe bold brave brief bright brisk calm candid clear clever cosmic cosy curious daring deft eager "
    "early fair famous fine fleet fluent fond frank free fresh gentle glad golden grand handy happy hardy honest humble jolly "
    "keen kind lively loyal lucid lucky merry mild modest neat nimble noble patient plain polite prime proud quick quiet rapid "
    "ready regal sharp silent simple smart smooth snug sound spry steady still sturdy sunny swift tidy true vivid warm wise witty"
).split()
ANIMALS = (
    "adder akita badger bass bear beaver bison bobcat buck camel cat cobra colt condor coral crab crane cricket deer dingo dodo "
    "dove drake eagle eel egret elk falcon fawn ferret finch fox gecko goat goose grouse gull hare hawk heron hornet ibex ibis "
    "jackal jay kite kiwi koala lark lemur lion llama lynx magpie mantis marmot marten minnow mole moose moth mule newt ocelot "
    "orca osprey otter owl panda perch pigeon pika pony puma quail rabbit raven robin salmon seal shrew skunk sloth snail stork "
    "swan tapir tiger toad trout tuna turtle viper vole walrus weasel whale wolf wombat wren yak zebra"
).split()
ADVERBS = "boldly briefly calmly clearly deeply duly easily fairly firmly freely fully gently gladly jointly keenly kindly lightly mildly newly nicely openly partly quickly rarely really simply slowly smoothly surely truly vastly warmly wholly widely".split()


def known(value):
    return value is not None and value is not Unknown


class RandomResource(Resource):
    """What random's resources share: made once, never read back, replaced when an argument changes."""

    defaults: dict = {}

    def __init__(self, provider):
        self.provider = provider

    @classmethod
    def plan_defaults(cls, config, proposed):
        """Arguments left out take their default, also where an earlier apply had another value."""
        for name, default in cls.defaults.items():
            if config.get(name) is None:
                proposed[name] = default

    def read(self, ctx, current):
        return current

    def update(self, ctx, current, planned):
        return planned

    def delete(self, ctx, current):
        return None

    def upgrade(self, ctx, version, old):
        return old


class Password(RandomResource):
    defaults = {
        **dict.fromkeys(("special", "upper", "lower"), True),
        **dict.fromkeys(("min_numeric", "min_upper", "min_lower", "min_special"), 0),
    }

    @classmethod
    def get_name(cls):
        return "password"

    @classmethod
    def get_schema(cls):
        setting = dict(optional=True, computed=True, requires_replace=True)
        return Schema(
            version=3,
            attributes=[
                Attribute("keepers", Map(String()), optional=True, requires_replace=True),
                Attribute("length", Number(), required=True, requires_replace=True),
                *(Attribute(name, Bool(), **setting) for name in ("special", "upper", "lower", "numeric")),
                Attribute("number", Bool(), deprecated=True, **setting),
                *(Attribute(name, Number(), **setting) for name in ("min_numeric", "min_upper", "min_lower", "min_special")),
                Attribute("override_special", String(), optional=True, requires_replace=True),
                Attribute("result", String(), computed=True, sensitive=True),
                Attribute("bcrypt_hash", String(), computed=True, sensitive=True),
                Attribute("id", String(), computed=True),
            ],
        )

    @classmethod
    def plan_defaults(cls, config, proposed):
        super().plan_defaults(config, proposed)
        number, numeric = config.get("number"), config.get("numeric")
        proposed["number"] = proposed["numeric"] = next((v for v in (numeric, number) if v is not None), True)

    def validate(self, diags, type_name, config):
        super().validate(diags, type_name, config)
        length = config.get("length")
        minimums = [config.get(name) for name in ("min_upper", "min_lower", "min_numeric", "min_special")]
        if known(length) and length < 1:
            diags.add_error("Invalid Attribute Value", f"Attribute length value must be at least 1, got: {length}", path=["length"])
        elif known(length) and Unknown not in minimums and length < sum(m or 0 for m in minimums):
            total = sum(m or 0 for m in minimums)
            detail = f"Attribute length value must be at least sum of min_upper + min_lower + min_numeric + min_special ({total}), got: {length}"
            diags.add_error("Invalid Attribute Value", detail, path=["length"])
        number, numeric = config.get("number"), config.get("numeric")
        if known(number) and known(numeric) and number != numeric:
            diags.add_error("Number and numeric are both configured with different values", "Number is deprecated, use numeric instead")
        for digits in ("number", "numeric"):
            if all(config.get(name) is False for name in (digits, "special", "upper", "lower")):
                detail = f"At least one attribute out of [special,upper,lower,{digits}] must be specified as true"
                diags.add_error("Invalid Attribute Combination", detail, path=[digits])

    def create(self, ctx, planned):
        import bcrypt

        sets = {"upper": UPPER, "lower": LOWER, "numeric": DIGITS, "special": planned["override_special"] or SPECIAL}
        alphabet = "".join(chars for name, chars in sets.items() if planned[name])
        if not alphabet:
            ctx.diagnostics.add_error("Create Random Password Error", "the character set specified is empty")
            return None
        characters = [secrets.choice(chars) for name, chars in sets.items() for _ in range(int(planned["min_" + name]))]
        characters += [secrets.choice(alphabet) for _ in range(int(planned["length"]) - len(characters))]
        secrets.SystemRandom().shuffle(characters)
        result = "".join(characters)
        hashed = bcrypt.hashpw(result.encode()[:72], bcrypt.gensalt(10, prefix=b"2a")).decode()
        return {**planned, "id": "none", "result": result, "bcrypt_hash": hashed}


class Pet(RandomResource):
    defaults = {"length": 2, "separator": "-"}

    @classmethod
    def get_name(cls):
        return "pet"

    @classmethod
    def get_schema(cls):
        return Schema(
            version=0,
            attributes=[
                Attribute("keepers", Map(String()), optional=True, requires_replace=True),
                Attribute("length", Number(), optional=True, computed=True, requires_replace=True),
                Attribute("prefix", String(), optional=True, requires_replace=True),
                Attribute("separator", String(), optional=True, computed=True, requires_replace=True),
                Attribute("id", String(), computed=True),
            ],
        )

    def create(self, ctx, planned):
        length = int(planned["length"])
        words = [secrets.choice(ADVERBS) for _ in range(length - 2)]
        words += [secrets.choice(ADJECTIVES)] if length > 1 else []
        words += [secrets.choice(ANIMALS)]
        if planned["prefix"]:
            words.insert(0, planned["prefix"])
        return {**planned, "id": planned["separator"].join(words)}


class StandIn(Provider):
    """A provider without configuration of its own."""

    def __init__(self, name, resources=(), data_sources=()):
        self.name, self.resources, self.data_sources = name, list(resources), list(data_sources)

    def get_model_prefix(self):
        return f"{self.name}_"

    def full_name(self):
        return f"registry.terraform.io/hashicorp/{self.name}"

    def get_provider_schema(self, diags):
        return Schema(version=0)

    def validate_config(self, diags, config):
        pass

    def configure_provider(self, diags, config):
        pass

    def get_data_sources(self):
        return self.data_sources

    def get_resources(self):
        return self.resources


class Servicer(tf.provider.ProviderServicer):
    """tf hides the configuration from a resource that plans; a default needs it."""

    def PlanResourceChange(self, request, context):
        proposed = read_dynamic_value(request.proposed_new_state)
        if proposed is not None:
            self._get_res_cls(request.type_name).plan_defaults(read_dynamic_value(request.config), proposed)
            request.proposed_new_state.CopyFrom(to_dynamic_value(proposed))
        return super().PlanResourceChange(request, context)


def main(name):
    if name == "random":
        provider = StandIn("random", resources=[Password, Pet])
    elif name == "archive":
        from archive import ArchiveFile

        provider = StandIn("archive", data_sources=[ArchiveFile])
    else:
        sys.exit(f"providers.py: no stand-in for the provider {name!r}; there are: random, archive")
    tf.provider.ProviderServicer = Servicer
    # tf keeps its TLS certificate in the home directory; a fresh one costs 20 ms.
    tf.runner._get_cert_cache_path = lambda: Path(os.devnull)
    tf.runner.run_provider(provider)


if __name__ == "__main__":
    main(*sys.argv[1:2] or [""])
