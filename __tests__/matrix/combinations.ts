/** Versions of the packages that the constructs are made of, which npm installs together. */
export interface Combination {
  readonly name: string;
  /** Packages and their versions, or those that stand for them. */
  readonly packages: Readonly<Record<string, string>>;
}

/** The lower ends of the ranges; all others are compared with it. */
export const oldest: Combination = {
  name: "the oldest: provider-aws 20.1.0 (AWS provider 5), constructs 10.4.2",
  packages: {
    cdktf: "0.21.0",
    constructs: "10.4.2",
    "@cdktf/provider-archive": "11.0.1",
    "@cdktf/provider-aws": "20.1.0",
    "@cdktf/provider-random": "12.0.1",
  },
};

/** The other ends of the ranges, and the successor. */
export const combinations: readonly Combination[] = [
  {
    name: "the first of AWS provider 6: provider-aws 21.0.0",
    packages: { ...oldest.packages, "@cdktf/provider-aws": "21.0.0" },
  },
  {
    name: "the newest: provider-aws 21.22.1 (AWS provider 6), constructs 10.8.1",
    packages: { ...oldest.packages, "@cdktf/provider-aws": "21.22.1", constructs: "10.8.1" },
  },
  {
    name: "the successor under aliases: cdktn 0.24.0, its provider-aws 25.7.0, constructs 10.7.2",
    packages: {
      cdktf: "npm:cdktn@0.24.0",
      constructs: "10.7.2",
      "@cdktf/provider-archive": "npm:@cdktn/provider-archive@14.0.1",
      "@cdktf/provider-aws": "npm:@cdktn/provider-aws@25.7.0",
      "@cdktf/provider-random": "npm:@cdktn/provider-random@15.0.1",
    },
  },
];
