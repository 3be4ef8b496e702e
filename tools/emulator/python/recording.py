"""The calls of accounts whose calls are asked for, in their order.

    POST /_emulator/calls {"account": "123456789012"}          from now on; what was noted before is forgotten
    GET  /_emulator/calls?account=123456789012                 [{"service": "ecs", "operation": "CreateCluster", "parameters": {…}}, …]
"""

import threading


class Recording:
    def __init__(self):
        self.lock = threading.Lock()
        self.calls = {}

    def begin(self, settings):
        account = settings.get("account")
        if set(settings) != {"account"} or not isinstance(account, str):
            raise ValueError("account, of twelve digits, is all that there is to say")
        with self.lock:
            self.calls[account] = []
        return {"account": account}

    def note(self, account, request):
        with self.lock:
            if account in self.calls:
                self.calls[account].append({"service": request.service, "operation": request.operation, "parameters": request.parameters})

    def of(self, account):
        with self.lock:
            return list(self.calls.get(account, []))
