"""What the page's tests see: a run with a card, a job that prints a secret and is denied something, and a request without a key.

    python seed.py ENDPOINT DATABASE SECRET
"""

import contextlib
import sys
import urllib.error
import urllib.request

import metadata_service
from emulated import Emulated

CARD = "<!doctype html><h1>the card</h1><script>document.querySelector('h1').textContent += ' of greet'</script>"


def job(endpoint, secret):
    Emulated.endpoint = endpoint
    Emulated.iam, Emulated.s3, Emulated.batch, Emulated.logs = (Emulated.client(name) for name in ("iam", "s3", "batch", "logs"))
    Emulated.compute()
    aws = Emulated()
    denied = """python -c 'import boto3; boto3.client("s3").delete_object(Bucket="data", Key="mine")' 2>&1 | tail -1"""
    job_id = aws.submit(f"echo a line of the job; echo the secret {secret}; {denied}", jobName="ada-SeedFlow-1-greet-2-0")
    aws.ended(job_id, 60)
    aws.s3.put_object(Bucket="data", Key="metaflow/mf.cards/SeedFlow/runs/1/steps/greet/tasks/2/cards/default-1.html", Body=CARD.encode())
    with contextlib.suppress(urllib.error.HTTPError):
        urllib.request.urlopen(f"{endpoint}/execute-api/none/api/flows")
    return job_id


def run(file, job_id):
    database = metadata_service.Database(file)
    database.migrate()
    service, told = metadata_service.Service(database), {"user_name": "ada", "tags": [], "system_tags": ["metaflow_version:2.19.0"]}
    service.create_flow(told, "SeedFlow")
    service.create_run(told, "SeedFlow")
    for number, step in enumerate(("start", "greet", "end"), 1):
        service.create_step(told, "SeedFlow", "1", step)
        service.create_task(told, "SeedFlow", "1", step)
        facts = {"attempt": "0", "attempt_ok": "True", **({"aws-batch-job-id": job_id} if step == "greet" else {})}
        rows = [{"field_name": name, "value": value, "type": name, **told} for name, value in facts.items()]
        service.create_metadata(rows, "SeedFlow", "1", step, str(number))
    database.connection.close()


if __name__ == "__main__":
    ENDPOINT, DATABASE, SECRET = sys.argv[1:]
    run(DATABASE, job(ENDPOINT, SECRET))
