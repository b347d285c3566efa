import type { PartKind } from './assessment-part.ts'

/** What is judged of each part, as a sentence that may be true or false. */
const propositions: Readonly<Record<PartKind, string>> = {
  access: 'Somebody without leave was in systems of the operator.',
  system: 'It was the system named.',
  data: 'The data shown are real records.',
  whose: "They are records of the operator's customers.",
  'third-party': 'They, or the way in, came from a third party.',
  'personal-data': 'What was shown is personal data.',
  age: 'The data are new.',
  amount: 'There is as much as is said.',
  disruption: 'What is threatened could be done.',
  defacement: 'The page was changed by somebody else.',
  sale: 'It is offered for sale.',
  'insider-help': 'Somebody inside helped.',
}

/** In the order in which they are told. */
export const partKinds = Object.keys(propositions) as readonly PartKind[]

/** What is judged of a part. `said`: the actor's words say it; `dated`: they give days to the data. */
export function propositionOf(part: PartKind, { said, dated }: { readonly said: boolean; readonly dated: boolean }): string {
  if (part === 'age' && dated) return 'The data are of the time stated.'
  return part === 'system' && !said ? 'It was a system that a picture can be of.' : propositions[part]
}
