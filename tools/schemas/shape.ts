/** What a resource, data source or block may have in Terraform's JSON: its arguments, blocks and attributes by name. */
export type Shape = Readonly<Record<string, Member>>;

/** An argument, block or attribute. */
export interface Member {
  /**
   * `string`, `number`, `bool`, `object`, or a list, set or map of one of them: `list of object`. Absent for what can only be
   * read.
   */
  readonly type?: string;
  /** Whether it must be set; absent for false. */
  readonly required?: true;
  /** Whether it can only be read; absent for false. */
  readonly computed?: true;
  /** Whether the provider warns of it; absent for false. */
  readonly deprecated?: true;
  /** What objects have. */
  readonly nested?: Shape;
}

/** The resources and data sources of a provider: `aws_s3_bucket`, `data.aws_region`. */
export type Shapes = Readonly<Record<string, Shape>>;

/** Whether values of a type are objects. */
export function isOfObjects(type: string): boolean {
  return /(^| )object$/.test(type);
}
