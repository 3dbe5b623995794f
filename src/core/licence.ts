/** A licence that limits how copies of a component may be used. Facts for whoever pays and whoever is audited, not advice. */
export interface Licence {
  /** What is licensed, for example `Microsoft SQL Server Standard Edition`. */
  readonly product: string;
  /** How it is paid for, by AWS's names: `license-included` or `bring-your-own-license`. */
  readonly model: string;
  /** What the licence says about standbys and other copies, in one sentence. */
  readonly copies: string;
  /** Where that is written. */
  readonly source: string;
}
