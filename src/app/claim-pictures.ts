import type { ClaimPicture, PicturedSystem } from '../assessment/index.ts'
import { limits } from '../base/index.ts'
import { shownIn, type ClaimDocument, type Shown } from '../claims/index.ts'
import type { Cite, Sentence } from '../evidence/index.ts'
import type { Entry, Registered } from '../inventory/index.ts'
import { screensOf } from './picture-estate.ts'
import { editingOf } from './picture-marks.ts'
import { matchSystems, type SystemMatch } from './picture-match.ts'

/** Reasons told of a picture, those that count most first. */
const mostReasons = 6

/** A picture as it is weighed, with the reasons that reports and page tell of it. */
type ComparedPicture = ClaimPicture & { readonly reasons: readonly Sentence[] }

/** Which of the operator's systems each picture of the claim can show, by what was read in it; in order of their files. */
export function claimPictures(
  documents: readonly ClaimDocument[],
  entries: readonly (Entry & Partial<Pick<Registered, 'entry' | 'revision'>>)[],
): readonly ComparedPicture[] {
  const screens = screensOf(entries)
  const hosts = screens.flatMap((one) => one.hosts)
  return documents
    .flatMap((document): ComparedPicture[] => {
      if (document.kind !== 'picture') return []
      const { picture, sha256, file, member } = document
      const shown = shownIn(picture, { hosts })
      const { answer, systems } = matchSystems(shown, screens)
      const place = { kind: 'exhibit', sha256, file, ...(member === undefined ? {} : { member }) } as const
      const whole: Cite = { ...place, at: { kind: 'whole' } }
      const regions = (places: readonly Shown[]): readonly Cite[] =>
        places.slice(0, limits.citesPerSentence).map(({ region }) => ({ ...place, at: { kind: 'region', ...region } }))
      const told = systems
        .filter((one) => answer.kind !== 'ours' || answer.systems.includes(one.system))
        .flatMap(({ name, reasons }) => reasons.map((reason) => ({ ...reason, name })))
      // What holds of one system after the other tells nothing of any.
      const reasons = told
        .filter(({ text }) => told.filter((other) => other.text === text).length <= 2)
        .slice(0, mostReasons)
        .map(({ name, text, places }): Sentence => {
          const cites = regions(places)
          return { text: `${name}: ${text}`, cites: cites.length > 0 ? cites : [whole] }
        })
      const read = regions([...(shown.title === undefined ? [] : [shown.title]), ...shown.labels])
      const editing = editingOf(picture)
      return [
        {
          file: member ?? file,
          sha256,
          ...(member === undefined ? {} : { member }),
          answer: answer.kind,
          ground: { text: answer.text, cites: [whole] },
          reasons,
          systems: systems.map((one) => pictured(one, regions)),
          cites: read.length > 0 ? read : [whole],
          ...(editing.kind === 'marked' ? { edited: editing.reasons.join(' ') } : {}),
        },
      ]
    })
    .toSorted((a, b) => (a.file < b.file ? -1 : 1))
}

function pictured(
  { entry, revision, name, can, reasons }: SystemMatch,
  regions: (places: readonly Shown[]) => readonly Cite[],
): PicturedSystem {
  const why: Sentence = {
    text: reasons.map(({ text }) => text).join(' '),
    cites: [...reasons.flatMap(({ places }) => regions(places)), { kind: 'inventory', entry, revision }],
  }
  return { entry, name, can, why }
}
