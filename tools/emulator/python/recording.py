"""The calls of accounts whose calls are asked for, in their order, with what AWS answered.

    POST /_emulator/calls {"account": "123456789012"}          from now on; what was noted before is forgotten
    GET  /_emulator/calls?account=123456789012                 [{"service": "ecs", "operation": "CreateCluster", "parameters": {…}, "answer": {…}}, …]
"""

import threading

import service_models
from answers import whole


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
        """What is noted of a call, to which its answer is added; None where nobody asks for the account's calls."""
        with self.lock:
            if account not in self.calls:
                return None
            noted = {"service": request.service, "operation": request.operation, "parameters": request.parameters}
            self.calls[account].append(noted)
            return noted

    def answered(self, noted, aws, environ, start_response):
        """What AWS answers to a call, noted."""
        if noted is None:
            return aws(environ, start_response)
        head, text = whole(aws, environ)
        status, headers, *_ = head
        noted["answer"] = service_models.answer(noted["service"], noted["operation"], text, int(status.split()[0]), dict(headers))
        start_response(*head)
        return [text]

    def of(self, account):
        with self.lock:
            return list(self.calls.get(account, []))
