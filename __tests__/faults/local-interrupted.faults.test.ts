import { describeStopped } from "../support/local-faults";

describeStopped("SIGINT", (code) => code === 130 || code === null);
