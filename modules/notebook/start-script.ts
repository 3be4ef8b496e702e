import type { Expression, Operand } from "../../lib/hcl/expression";
import { concat } from "../../lib/hcl/functions";

/** What differs from notebook to notebook. None of it has a single quote or a line break. */
export interface StartScriptParts {
  /** Metaflow's configuration, in JSON. */
  readonly configuration: Operand;
  /** The folder whose wheels are installed, an S3 URL. */
  readonly wheels: Operand;
  /** What pip installs where there are none. */
  readonly requirement: Operand;
  readonly idleMinutes: Operand;
  readonly notebookName: Operand;
  readonly region: Operand;
}

/**
 * The script that SageMaker runs as root at each start, of which only ~/SageMaker is kept from the last one. It ends at once, as SageMaker
 * gives it five minutes: the installation goes on by itself, and writes ~/SageMaker/metaflow-install.log.
 */
export function startScript(parts: StartScriptParts): Expression {
  return concat(
    "#!/bin/bash\nset -eu\ncat > ~ec2-user/.metaflow-configuration <<'END_OF_CONFIGURATION'\n",
    parts.configuration,
    "\nEND_OF_CONFIGURATION\nWHEELS='",
    parts.wheels,
    "'\nREQUIREMENT='",
    parts.requirement,
    "'\nIDLE_MINUTES='",
    concat(parts.idleMinutes),
    "'\nNOTEBOOK='",
    parts.notebookName,
    "'\nREGION='",
    parts.region,
    `'\n${BODY}`,
  );
}

// Without "${", which is Terraform's.
const BODY = `HOME_FOLDER=~ec2-user
mkdir -p $HOME_FOLDER/.metaflowconfig
mv $HOME_FOLDER/.metaflow-configuration $HOME_FOLDER/.metaflowconfig/config.json
chown -R ec2-user:ec2-user $HOME_FOLDER/.metaflowconfig

cat > $HOME_FOLDER/.metaflow-install <<'END_OF_INSTALL'
set -u
folder=$(mktemp -d)
aws s3 cp "$1/" $folder --recursive --exclude '*' --include '*.whl' --region "$3"
for python in ~ec2-user/anaconda3/envs/*/bin/python; do
  case $python in */JupyterSystemEnv/*) continue ;; esac
  if ls $folder/*.whl >/dev/null 2>&1; then
    $python -m pip install --no-index --find-links $folder --no-deps $folder/*.whl
  else
    $python -m pip install --disable-pip-version-check --retries 2 --timeout 15 "$2"
  fi || echo "Metaflow is not installed for $python. Without a way to PyPI, put its wheel into $1/ and restart the notebook."
done
rm -rf $folder
END_OF_INSTALL
nohup sudo -u ec2-user -H bash $HOME_FOLDER/.metaflow-install "$WHEELS" "$REQUIREMENT" "$REGION" \\
  > $HOME_FOLDER/SageMaker/metaflow-install.log 2>&1 &

if [ "$IDLE_MINUTES" -gt 0 ]; then
  cat > /usr/local/bin/stop-idle-notebook <<'END_OF_STOP'
import json, ssl, subprocess, sys, urllib.request
from datetime import datetime, timedelta, timezone

minutes, name, region = int(sys.argv[1]), sys.argv[2], sys.argv[3]
server = sys.argv[4] if len(sys.argv) > 4 else "https://localhost:8443"
own = ssl.create_default_context()
own.check_hostname, own.verify_mode = False, ssl.CERT_NONE


def ask(path):
    with urllib.request.urlopen(server + "/api/" + path + "?no_track_activity=1", context=own, timeout=30) as answer:
        return json.load(answer)


if any(kernel["execution_state"] == "busy" for kernel in ask("kernels")):
    sys.exit()
last = datetime.strptime(ask("status")["last_activity"][:19], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=timezone.utc)
if datetime.now(timezone.utc) - last > timedelta(minutes=minutes):
    command = ["aws", "sagemaker", "stop-notebook-instance", "--notebook-instance-name", name, "--region", region]
    sys.exit(subprocess.call(command))
END_OF_STOP
  systemd-run --unit=stop-idle-notebook --on-active=5min --on-unit-active=5min \\
    /usr/bin/python3 /usr/local/bin/stop-idle-notebook "$IDLE_MINUTES" "$NOTEBOOK" "$REGION"
fi
`;
