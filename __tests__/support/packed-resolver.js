// Has the constructs' own tests import the packed package: what they import of modules/ and lib/ is that of the installed package, whose
// folder METAFLOW_PACKED names. What the package itself imports is looked for beside its user, as Node.js would.
const fs = require("node:fs");
const path = require("node:path");

const project = path.resolve(__dirname, "..", "..");
const packed = process.env.METAFLOW_PACKED;
if (!packed) throw new Error("METAFLOW_PACKED must name the folder of the installed package.");

module.exports = (request, options) => {
  const found = options.defaultResolver(request, options);
  const within = path.relative(project, found);
  if (!/^(modules|lib)[\\/]/.test(within)) return found;
  const built = path.join(packed, "dist", "package", within.replace(/[.]ts$/, ".js"));
  if (!fs.existsSync(built)) throw new Error(`The package has no ${within}.`);
  return built;
};
