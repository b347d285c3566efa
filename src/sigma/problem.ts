/** Why a rule cannot be loaded; thrown inside the room, turned into `NotLoaded` by `loadRules`. */
export class RuleProblem extends Error {
  /** Keys from the document's root to the part that is wrong; gives the line. */
  readonly path: readonly (string | number)[]

  constructor(why: string, path: readonly (string | number)[] = []) {
    super(why)
    this.path = path
  }
}
