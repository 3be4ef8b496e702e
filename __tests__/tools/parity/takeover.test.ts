import { join } from "node:path";
import { SHAPES, UPSTREAM_SHAPES } from "../../../tools/parity/shapes";
import { edited, withoutCode, type StateFile } from "../../../tools/parity/state-file";
import { recordedShapes } from "../../../tools/parity/takeover";
import { project } from "../../support/app-folder";
import { fixture } from "../../support/fixtures";

const recorded = ["takeover", "upstream"].flatMap((folder) =>
  recordedShapes(join(project, "__tests__", "fixtures", "parity", folder)).map((name) => `${folder}/${name}`),
);
const shapes = { takeover: SHAPES, upstream: UPSTREAM_SHAPES };

test.each(recorded)("the recorded root of %s is that of the shape", (path) => {
  const [folder, name = ""] = path.split("/") as [keyof typeof shapes, string?];
  expect(fixture(`parity/${path}/root.tf.json`)).toEqual(shapes[folder][name]?.root);
});

test.each(recorded)("the recorded state of %s holds none of the reference's code", (path) => {
  const state = fixture<StateFile>(`parity/${path}/state.json`);
  expect(state.resources.some(({ type }) => type === "archive_file")).toBe(true);
  expect(withoutCode(state)).toEqual(state);
});

const state: StateFile = {
  resources: [
    { module: "module.a", mode: "data", type: "aws_x", instances: [{ attributes: { size: 1 } }] },
    { module: "module.a", mode: "managed", type: "aws_x", instances: [{ attributes: { size: 1, b: [{ c: 1 }] } }] },
    { mode: "managed", type: "aws_y", instances: [{ attributes: { size: 1 } }] },
  ],
};

test("a variant of a state has other values in managed resources, and moved modules", () => {
  const variant = {
    name: "scaled",
    attributes: { "aws_x.size": 2, "aws_x.b.0.c": 3 },
    modules: { "module.a": "module.a[0]" },
  };
  expect(edited(state, variant).resources).toEqual([
    { module: "module.a[0]", mode: "data", type: "aws_x", instances: [{ attributes: { size: 1 } }] },
    { module: "module.a[0]", mode: "managed", type: "aws_x", instances: [{ attributes: { size: 2, b: [{ c: 3 }] } }] },
    { mode: "managed", type: "aws_y", instances: [{ attributes: { size: 1 } }] },
  ]);
});

test("there is something to check", () => {
  expect(() => recordedShapes("nowhere")).toThrow(
    "--takeover nowhere: no shape is recorded there. Expected folders with a root.tf.json each.",
  );
});

test("the reference's code is left out of a state", () => {
  const attributes = { type: "zip", source: [{ filename: "index.py", content: "code" }] };
  const { resources } = withoutCode({
    resources: [{ mode: "data", type: "archive_file", instances: [{ attributes }] }],
  });
  expect(resources[0]?.instances[0]?.attributes).toEqual({
    type: "zip",
    source: [{ filename: "index.py", content: "# the reference's code, left out" }],
  });
});
