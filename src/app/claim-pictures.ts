import { limits } from '../base/index.ts'
import { shownIn, type ClaimDocument } from '../claims/index.ts'
import type { Cite, Sentence } from '../evidence/index.ts'
import type { Entry, Registered } from '../inventory/index.ts'
import type { PictureShownBy } from '../sharing/index.ts'
import { screensOf } from './picture-estate.ts'
import { matchSystems } from './picture-match.ts'

/** Reasons told of a picture, those that count most first. */
const mostReasons = 6

/** Which of the operator's systems each picture of the claim can show, by what was read in it; in order of their files. */
export function claimPictures(
  documents: readonly ClaimDocument[],
  entries: readonly (Entry & Partial<Pick<Registered, 'entry' | 'revision'>>)[],
): readonly PictureShownBy[] {
  const screens = screensOf(entries)
  const hosts = screens.flatMap((one) => one.hosts)
  return documents
    .flatMap((document): PictureShownBy[] => {
      if (document.kind !== 'picture') return []
      const { picture, sha256, file, member } = document
      const { answer, systems } = matchSystems(shownIn(picture, { hosts }), screens)
      const place = { kind: 'exhibit', sha256, file, ...(member === undefined ? {} : { member }) } as const
      const told = systems
        .filter((one) => answer.kind !== 'ours' || answer.systems.includes(one.system))
        .flatMap(({ name, reasons }) => reasons.map((reason) => ({ ...reason, name })))
      // What holds of one system after the other tells nothing of any.
      const reasons = told
        .filter(({ text }) => told.filter((other) => other.text === text).length <= 2)
        .slice(0, mostReasons)
        .map(({ name, text, places }): Sentence => {
          const cites: Cite[] = places
            .slice(0, limits.citesPerSentence)
            .map(({ region }) => ({ ...place, at: { kind: 'region', ...region } }))
          return { text: `${name}: ${text}`, cites: cites.length > 0 ? cites : [{ ...place, at: { kind: 'whole' } }] }
        })
      const whole: Cite = { ...place, at: { kind: 'whole' } }
      return [{ file: member ?? file, answer: answer.kind, ground: { text: answer.text, cites: [whole] }, reasons }]
    })
    .toSorted((a, b) => (a.file < b.file ? -1 : 1))
}
