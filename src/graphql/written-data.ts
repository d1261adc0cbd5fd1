/** The data of an answer as the JSON that is sent, in the place of the object: nobody looks into it on its way. */
export class WrittenData {
  readonly [name: string]: unknown

  /** @param fields of the root, as they are named in the answer */
  constructor(
    readonly text: string,
    readonly fields: readonly { readonly responseName: string }[],
  ) {}

  toJSON(): unknown {
    return JSON.parse(this.text)
  }
}
