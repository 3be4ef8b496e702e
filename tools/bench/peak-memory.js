// Loaded into a measured process: writes its peak memory, in KiB, to file descriptor 3 when it ends.
process.on("exit", () => require("node:fs").writeSync(3, String(process.resourceUsage().maxRSS)));
