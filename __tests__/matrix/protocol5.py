"""The stand-ins of tools/terraform/python/providers.py for a Terraform older than 0.15, which speaks only version 5 of the protocol.

    python protocol5.py FOLDER random|archive     FOLDER has providers.py

The real providers speak it too. Its messages are those of version 6 on the wire; the names of some calls differ.
"""

import sys

import grpc
import tf.gen.tfplugin_pb2 as messages
import tf.gen.tfplugin_pb2_grpc as services
import tf.runner

CALLS = {
    "Configure": "ConfigureProvider",
    "GetSchema": "GetProviderSchema",
    "ImportResourceState": "ImportResourceState",
    "PlanResourceChange": "PlanResourceChange",
    "ReadDataSource": "ReadDataSource",
    "ReadResource": "ReadResource",
    "Stop": "StopProvider",
    "UpgradeResourceState": "UpgradeResourceState",
    "ValidateDataSourceConfig": "ValidateDataResourceConfig",
    "ValidateResourceTypeConfig": "ValidateResourceConfig",
}


def handler(call, name):
    request = getattr(messages, name).Request
    return grpc.unary_unary_rpc_method_handler(
        call, request.FromString, lambda response: response.SerializeToString()
    )


def add_service(servicer, server):
    def prepare(request, context):
        """Version 5 wants the configuration back; the answer's fields are those of this message."""
        diagnostics = servicer.ValidateProviderConfig(request, context).diagnostics
        return messages.UpgradeResourceState.Response(upgraded_state=request.config, diagnostics=diagnostics)

    def apply(request, context):
        """What a destroyed resource leaves has to be said, as a null in msgpack."""
        response = servicer.ApplyResourceChange(request, context)
        if not response.new_state.msgpack:
            response.new_state.msgpack = b"\xc0"
        return response

    handlers = {call: handler(getattr(servicer, name), name) for call, name in CALLS.items()}
    handlers["ApplyResourceChange"] = handler(apply, "ApplyResourceChange")
    handlers["PrepareProviderConfig"] = handler(prepare, "ValidateProviderConfig")
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("tfplugin5.Provider", handlers),))


def main(folder, name):
    sys.path.insert(0, folder)
    import providers

    services.add_ProviderServicer_to_server = add_service
    # The second field of go-plugin's handshake is the protocol's version.
    tf.runner.print = lambda line, **options: print(line.replace("1|6|", "1|5|", 1), **options)
    providers.main(name)


if __name__ == "__main__":
    main(*sys.argv[1:])
