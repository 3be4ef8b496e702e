import { describeStopped } from "../support/local-faults";

describeStopped("SIGKILL", (code) => code === null);
