import { waysOf, type Story, type StoryWays } from '../intrusion/index.ts'
import type { Citing } from './cite-chip.ts'
import { counted, instant, percent } from './figures.ts'
import { markup, type Html } from './markup.ts'

type Way = NonNullable<StoryWays['told']>

/** The way in as told and, where the records allow another reading, that one beside it: what follows from each and what speaks against it. */
export function waysPart(story: Story, cites: Citing): Html {
  const entry = story.initialAccess
  const first =
    entry === undefined
      ? markup`<p>Initial access: not established.</p>`
      : markup`<p>Initial access: ${entry.text} (${entry.where}, ${instant(entry.time)}, certainty ${percent(entry.certainty)}) ${cites.chips(entry.cites)}</p>`
  const { told, other } = waysOf(story)
  if (other === undefined) return markup`${first}`
  const shown = told === undefined ? [other] : [told, other]
  const line = (name: string, cell: (way: Way) => Html | string): Html =>
    markup`<tr>
      <th>${name}</th>
      ${shown.map((way) => markup`<td>${cell(way)}</td>`)}
    </tr>`
  return markup`${first}
    <table>
      <thead>
        <tr>
          <th>Way in</th>
          ${told === undefined ? '' : markup`<th>As told</th>`}
          <th>Alternative</th>
        </tr>
      </thead>
      <tbody>
        ${line('Begins', (way) => `${way.where}, ${instant(way.time)} (${way.kind.replaceAll('-', ' ')})`)}
        ${line('Because', (way) => markup`${way.text} ${cites.chips(way.cites, 3)}`)}
        ${line('Certainty', (way) =>
          way.certainty === undefined ? 'not rated: the order of records alone' : percent(way.certainty),
        )}
        ${line('Follows by moves seen', (way) => `${counted(way.follows.length, 'step')} of ${story.steps.length}`)}
        ${line('Does not follow', (way) => (way.apart.length === 0 ? 'nothing' : `steps ${numbers(way.apart)}`))}
        ${line('Leads to', (way) => markup`${way.paths.map((path) => markup`${path.join(' > ')}<br />`)}`)}
        ${line('Speaks against it', (way) =>
          way.against.length === 0 ? 'nothing in the records of this story' : cites.sentences(way.against),
        )}
      </tbody>
    </table>`
}

/** `1 to 4, 7` of 1, 2, 3, 4, 7. */
function numbers(all: readonly number[]): string {
  const runs: [number, number][] = []
  for (const n of all) {
    const last = runs.at(-1)
    if (last !== undefined && n === last[1] + 1) last[1] = n
    else runs.push([n, n])
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from} to ${to}`)).join(', ')
}
