import type { Citing } from './cite-chip.ts'
import { counted, figure } from './figures.ts'
import { markup, type Html } from './markup.ts'
import type { CaseView } from './view.ts'

/** Who is affected: lines, records and persons told apart; suppressed cells carry no number. */
export function affectedSection(view: CaseView, cites: Citing): Html {
  const { groups, floor, notes } = view.affected
  const cell = (n: number | undefined, suppressed: boolean): string =>
    n === undefined ? (suppressed ? `fewer than ${floor}` : 'not known') : figure(n)
  const table = markup`<table>
    <thead>
      <tr>
        <th>Source</th>
        <th>Category of data</th>
        <th class="n">Lines</th>
        <th class="n">Records</th>
        <th class="n">Persons</th>
        <th>What it says</th>
      </tr>
    </thead>
    <tbody>
      ${groups.map(
        (one) =>
          markup`<tr>
            <td>${one.source}</td>
            <td>${one.category}</td>
            <td class="n">${cell(one.lines, one.suppressed)}</td>
            <td class="n">${cell(one.records, one.suppressed)}</td>
            <td class="n">${cell(one.persons, one.suppressed)}</td>
            <td>${one.text} ${cites.chips(one.cites, 3)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
  return markup`<section id="affected">
    <h2>5 Who is affected? <span class="state">${counted(groups.length, 'count')}, none under ${floor} shown</span></h2>
    ${groups.length === 0 ? markup`<p>Nobody was counted yet.</p>` : table}
    <p class="soft">Sources can overlap; their persons are not added up.</p>
    ${cites.sentences(notes)}
  </section>`
}
