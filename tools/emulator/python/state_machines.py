"""AWS Step Functions whose executions run: moto's own engine, with its calls made as the state machine's role and its wrong answers put right.

What is corrected, of moto 5.2.5: names of parameters and results follow AWS's models (JobName, jobName); an execution without a name has one;
JSON paths that Metaflow writes ($.['a', 'b'], $.[0].a); jobs end with the execution or the state that waits for them; a distributed map
starts its executions as its role may, fails where too many of them do, and writes their results; a state machine that is there is not made
again with another definition.
"""

from __future__ import annotations

import datetime
import functools
import json
import re
import sys
import threading
import uuid
from collections.abc import Callable
from typing import Any

from execution_logs import refusal, write_logs
from roles import NotTrusted, Session, Sessions, allows, role_of

SERVICE = "states.amazonaws.com"


class StateMachines:
    """Gives the engine its clients, of those that act as a state machine's role."""

    def __init__(self, locked: Any, sessions: Sessions) -> None:
        self.emulator, self.locked, self.sessions = "", locked, sessions
        self.lock = threading.Lock()
        self.by_role: dict[str, Session] = {}

    def session(self, role: str, state_machine: str = "") -> Session:
        account = role.split(":")[4]
        with self.lock:
            if role not in self.by_role:
                self.by_role[role] = self.sessions.open(account, role, SERVICE, "StepFunctions", state_machine)
            return self.by_role[role]

    def check(self, role: str, state_machine: str) -> None:
        """@throws AccessDeniedException where the role is not Step Functions' to take"""
        account = role.split(":")[4]
        try:
            self.sessions.close(self.sessions.open(account, role, SERVICE, "check", state_machine))
        except NotTrusted as failure:
            error = error_class("AccessDeniedException")
            raise error(f"Neither the global service principal {SERVICE}, nor the regional one is authorized to assume the provided role. ({failure})") from failure

    def client(self, region: str, service: str, state_credentials: Any = None) -> Any:
        import boto3
        from botocore.config import Config

        session = self.session(state_credentials.role_arn)
        keys = {"aws_access_key_id": session.key, "aws_secret_access_key": session.secret, "aws_session_token": session.token}
        settings = Config(parameter_validation=False, retries={"total_max_attempts": 1}, read_timeout=300, s3={"addressing_style": "path"})
        return boto3.client(service, region_name=region, endpoint_url=self.emulator, config=settings, **keys)


def error_class(code: str) -> Any:
    from moto.core.exceptions import AWSError

    return type(code, (AWSError,), {"TYPE": code, "STATUS": 400})


def run_state_machines(machines: StateMachines) -> None:
    """Has the executions of moto's Step Functions run. The engine takes seconds to load: who comes earlier waits for it."""
    from moto.stepfunctions.responses import StepFunctionResponse

    loading = threading.Thread(target=load, args=(machines,), daemon=True)

    def backend(self: Any) -> Any:
        loading.join()
        from moto.stepfunctions.parser.models import stepfunctions_parser_backends

        return stepfunctions_parser_backends[self.current_account][self.region]

    StepFunctionResponse.stepfunction_backend = property(backend)
    loading.start()


def load(machines: StateMachines) -> None:
    from moto.core.models import default_user_config
    from moto.stepfunctions.parser.models import Execution, StepFunctionsParserBackend

    default_user_config["stepfunctions"] = {"execute_state_machine": True}
    keep_names(StepFunctionsParserBackend)
    check_roles(StepFunctionsParserBackend, machines)
    write_logs(Execution, machines.locked)
    normalise_names()
    end_jobs()
    distributed_maps()
    for module in [module for name, module in sys.modules.items() if name.startswith("moto.stepfunctions.parser")]:
        if hasattr(module, "boto_client_for"):
            module.boto_client_for = machines.client  # type: ignore[attr-defined]
        if hasattr(module, "extract_json"):
            module.extract_json = json_path(module.extract_json)  # type: ignore[attr-defined]


def keep_names(backend: Any) -> None:
    """An execution whose name nobody gives has one, and a stopped one is stopped at once."""
    start, stop = backend.start_execution, backend.stop_execution

    def start_named(self: Any, state_machine_arn: str, name: str | None = None, *given: Any, **more: Any) -> Any:
        return start(self, state_machine_arn, name or str(uuid.uuid4()), *given, **more)

    def stop_now(self: Any, execution_arn: str) -> Any:
        execution = stop(self, execution_arn)
        if execution.status == "RUNNING":
            from moto.stepfunctions.parser.api import ExecutionStatus

            execution.exec_status, execution.stop_date = ExecutionStatus.ABORTED, datetime.datetime.now(tz=datetime.timezone.utc)
        return execution

    backend.start_execution, backend.stop_execution = start_named, stop_now


def check_roles(backend: Any, machines: StateMachines) -> None:
    create, update, start = backend.create_state_machine, backend.update_state_machine, backend.start_execution

    def create_trusted(self: Any, name: str, definition: str, roleArn: str, *given: Any, **more: Any) -> Any:  # noqa: N803 - moto's name
        arn = f"arn:{self.partition}:states:{self.region_name}:{self.account_id}:stateMachine:{name}"
        machines.check(roleArn, arn)
        there = next((one for one in self.state_machines if one.arn == arn), None)
        if there and (there.definition != definition or logging_of(there.loggingConfiguration) != logging_of(more.get("loggingConfiguration"))):
            raise error_class("StateMachineAlreadyExists")(f"State Machine Already Exists: '{arn}'")
        check_log(roleArn, more.get("loggingConfiguration"))
        return create(self, name, definition, roleArn, *given, **more)

    def update_trusted(self: Any, arn: str, definition: Any = None, role_arn: str | None = None, **more: Any) -> Any:
        if role_arn:
            machines.check(role_arn, arn)
        check_log(role_arn or self.describe_state_machine(arn).roleArn, more.get("logging_configuration"))
        return update(self, arn, definition, role_arn, **more)

    def start_trusted(self: Any, state_machine_arn: str, *given: Any, **more: Any) -> Any:
        machines.check(self.describe_state_machine(state_machine_arn).roleArn, state_machine_arn)
        return start(self, state_machine_arn, *given, **more)

    backend.create_state_machine, backend.update_state_machine, backend.start_execution = create_trusted, update_trusted, start_trusted


def check_log(role: str, configuration: Any) -> None:
    """@throws where the role may not deliver logs there"""
    refused = refusal(role, configuration)
    if refused:
        code, message = refused
        raise error_class(code)(message)


def logging_of(configuration: Any) -> dict[str, Any]:
    return {"level": "OFF", "includeExecutionData": False, "destinations": [], **(configuration or {})}


# Names


def normalise_names() -> None:
    from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service import StateTaskService

    def model_of(self: Any, service: str | None, action: str | None) -> Any:
        return operation_model(self._get_boto_service_name(service), (action or self.resource.api_action).replace("_", "").lower())

    def to_model(self: Any, parameters: dict[str, Any], boto_service_name: str | None = None, service_action_name: str | None = None) -> None:
        model = model_of(self, boto_service_name, service_action_name)
        if model is not None and model.input_shape is not None:
            self._to_boto_request(parameters, model.input_shape)

    def from_model(self: Any, response: Any, boto_service_name: str | None = None, service_action_name: str | None = None) -> None:
        model = model_of(self, boto_service_name, service_action_name)
        if model is not None and model.output_shape is not None:
            self._from_boto_response(response, model.output_shape)

    StateTaskService._normalise_parameters, StateTaskService._normalise_response = to_model, from_model


@functools.lru_cache(None)
def operation_model(service: str, action: str) -> Any:
    from moto.core.utils import get_service_model

    model = get_service_model(service)
    return next((model.operation_model(name) for name in model.operation_names if name.lower() == action), None)


# Paths

NAMES = re.compile(r"(?P<of>\$.*?)\.?\[\s*(?P<names>'[^']*'(?:\s*,\s*'[^']*')+)\s*\]")
STEP = re.compile(r"\.?\[(?P<index>\d+)\]|\.?\['(?P<quoted>[^']*)'\]|\.(?P<plain>[A-Za-z_][\w-]*)")


def json_path(original: Callable[[str, Any], Any]) -> Callable[[str, Any], Any]:
    """Paths as Step Functions takes them: one of a single value gives it, several names give an object of those that are there."""

    def extract(path: str, data: Any) -> Any:
        several = NAMES.fullmatch(path)
        if several:
            found = extract(several["of"], data) if several["of"] != "$" else data
            return {name: found[name] for name in re.findall(r"'([^']*)'", several["names"]) if name in found}
        steps = list(STEP.finditer(path, 1))
        if path.startswith("$") and "".join(step[0] for step in steps) == path[1:]:
            return followed(path, steps, data)
        return original(path, data)

    return extract


def followed(path: str, steps: list[re.Match[str]], data: Any) -> Any:
    from moto.stepfunctions.parser.asl.utils.json_path import NoSuchJsonPathError

    found = data
    for step in steps:
        try:
            found = found[int(step["index"])] if step["index"] is not None else found[step["quoted"] if step["quoted"] is not None else step["plain"]]
        except (IndexError, KeyError, TypeError):
            raise NoSuchJsonPathError(json_path=path, data=data) from None
    return found


# Jobs


def end_jobs() -> None:
    """A job ends with the state that waits for it: where the execution is stopped, another branch fails, or the time is over."""
    from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import state_task_service_batch as batch
    from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_callback import StateTaskServiceCallback

    build, wait = batch.StateTaskServiceBatch._build_sync_resolver, StateTaskServiceCallback._eval_sync

    def build_ending(self: Any, env: Any, resource_runtime_part: Any, normalised_parameters: Any, state_credentials: Any) -> Any:
        job_id = env.stack[-1]["JobId"]
        resolver = build(self, env, resource_runtime_part, normalised_parameters, state_credentials)

        def resolve() -> Any:
            return resolver()

        def end() -> None:
            client = batch.boto_client_for(region=resource_runtime_part.region, service="batch", state_credentials=state_credentials)
            try:
                client.terminate_job(jobId=job_id, reason="The execution of the state machine that submitted it has ended.")
            except Exception as failure:  # noqa: BLE001 - the execution has ended, whatever becomes of the job
                print(f"job {job_id} is not terminated: {failure}", flush=True)

        resolve.end = end  # type: ignore[attr-defined]
        return resolve

    def wait_and_end(self: Any, env: Any, sync_resolver: Any, *given: Any, **more: Any) -> Any:
        outcome = wait(self, env, sync_resolver, *given, **more)
        if not outcome and hasattr(sync_resolver, "end"):
            sync_resolver.end()
        return outcome

    batch.StateTaskServiceBatch._build_sync_resolver = build_ending
    StateTaskServiceCallback._eval_sync = wait_and_end


# Distributed maps


def distributed_maps() -> None:
    from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration.distributed_iteration_component import DistributedIterationComponent
    from moto.stepfunctions.parser.asl.component.state.exec.state_map.result_writer.resource_eval.resource_eval_s3 import ResourceEvalS3

    run = DistributedIterationComponent._map_run

    def run_as_role(self: Any, env: Any, eval_input: Any) -> None:
        role, machine = env.aws_execution_details.role_arn, env.states.context_object.context_object_data["StateMachine"]["Id"]
        account = role.split(":")[4]
        if role_of(account, role) is None or not allows(account, role, "states:StartExecution", machine):
            reason = f"{role} is not authorized to perform: states:StartExecution on resource: {machine}"
            raise failed(env, "StepFunctions.AccessDeniedException", reason)
        env.map_run_record = eval_input.map_run_record
        run(self, env, eval_input)
        counts = eval_input.map_run_record.item_counter
        lost, total = counts.failed.get() + counts.timed_out.get(), counts.total.get()
        if lost > max(eval_input.tolerated_failure_count or 0, total * (eval_input.tolerated_failure_percentage or 0) / 100):
            raise failed(env, "States.ExceedToleratedFailureThreshold", "The specified tolerated failure threshold was exceeded")

    def write_results(env: Any, resource_runtime_part: Any, state_credentials: Any) -> None:
        parameters, outputs = env.stack.pop(), env.stack.pop()
        record, machine = env.map_run_record, env.states.context_object.context_object_data["StateMachine"]["Id"]
        folder = "/".join(part for part in (str(parameters.get("Prefix") or "").rstrip("/"), record.map_run_arn.split(":")[-1]) if part)
        bucket = parameters["Bucket"]
        succeeded = [
            {"Name": str(index), "Output": json.dumps(output), "OutputDetails": {"Included": True}, "StateMachineArn": machine, "Status": "SUCCEEDED"}
            for index, output in enumerate(outputs)
            if output is not None
        ]
        client = ResourceEvalS3._get_s3_client(resource_runtime_part=resource_runtime_part, state_credentials=state_credentials)
        files: dict[str, list[dict[str, Any]]] = {"FAILED": [], "PENDING": [], "SUCCEEDED": []}
        if succeeded:
            text = json.dumps(succeeded).encode()
            client.put_object(Bucket=bucket, Key=f"{folder}/SUCCEEDED_0.json", Body=text)
            files["SUCCEEDED"].append({"Key": f"{folder}/SUCCEEDED_0.json", "Size": len(text)})
        manifest = {"DestinationBucket": bucket, "MapRunArn": record.map_run_arn, "ResultFiles": files}
        client.put_object(Bucket=bucket, Key=f"{folder}/manifest.json", Body=json.dumps(manifest).encode())
        env.stack.append({"MapRunArn": record.map_run_arn, "ResultWriterDetails": {"Bucket": bucket, "Key": f"{folder}/manifest.json"}})

    DistributedIterationComponent._map_run = run_as_role
    ResourceEvalS3._handle_put_object = staticmethod(write_results)


def failed(env: Any, error: str, cause: str) -> Exception:
    """A failure of a state, for its Retry and Catch."""
    from moto.stepfunctions.parser.api import HistoryEventType, TaskFailedEventDetails
    from moto.stepfunctions.parser.asl.component.common.error_name.custom_error_name import CustomErrorName
    from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import FailureEvent, FailureEventException
    from moto.stepfunctions.parser.asl.eval.event.event_detail import EventDetails

    name = state_error(error) if error.startswith("States.") else CustomErrorName(error)
    details = EventDetails(taskFailedEventDetails=TaskFailedEventDetails(error=error, cause=cause))
    event = FailureEvent(env=env, error_name=name, event_type=HistoryEventType.TaskFailed, event_details=details)
    failure: Exception = FailureEventException(event)
    return failure


def state_error(error: str) -> Any:
    from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name import StatesErrorName
    from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import StatesErrorNameType

    return StatesErrorName(typ=next(one for one in StatesErrorNameType if one.to_name() == error))
