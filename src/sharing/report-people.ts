import type { Finding } from '../casefile/index.ts'
import type { Citing } from './cite-chip.ts'
import { counted, instant } from './figures.ts'
import { markup, type Html } from './markup.ts'
import type { CaseView, PersonEntry } from './view.ts'

const findingsShown = 200

/** Findings adopted, proposed and parked, apart from each other; decisions and notes as written. Rejected ones are only counted. */
export function peopleSection(view: CaseView, cites: Citing): Html {
  const of = (status: Finding['status']): Finding[] =>
    view.findings
      .filter((one) => one.status === status && one.withdrawn !== true)
      .toSorted((a, b) => (a.kind + a.subject < b.kind + b.subject ? -1 : 1))
  const rejected = of('rejected').length
  const adopted = of('adopted')
  const proposed = of('proposed')
  return markup`<section id="people">
    <h2>Findings, decisions, notes <span class="state">${adopted.length} adopted, ${proposed.length} proposed</span></h2>
    <h3>Adopted by a named person</h3>
    ${adopted.length === 0 ? markup`<p>None yet.</p>` : table(adopted, cites)}
    <h3>Proposed by the machine, not adopted</h3>
    ${proposed.length === 0 ? markup`<p>None.</p>` : table(proposed, cites)}
    ${
      of('parked').length === 0
        ? ''
        : markup`<h3>Parked</h3>
            ${table(of('parked'), cites)}`
    }
    ${rejected === 0 ? '' : markup`<p class="soft">${counted(rejected, 'finding')} rejected, not repeated here.</p>`}
    <h3>Decisions</h3>
    ${entries(view.decisions, cites)}
    <h3>Notes</h3>
    ${entries(view.notes, cites)}
  </section>`
}

function table(findings: readonly Finding[], cites: Citing): Html {
  const rest = findings.length - findingsShown
  return markup`<table>
      <thead>
        <tr>
          <th>Question</th>
          <th>Finding</th>
          <th>Confidence</th>
          <th>Ruling</th>
        </tr>
      </thead>
      <tbody>
        ${findings.slice(0, findingsShown).map(
          (one) =>
            markup`<tr id="${one.id}">
              <td class="nowrap">${one.kind}</td>
              <td>${one.text} ${cites.chips(one.cites, 3)}<br /><code class="soft">${one.id}</code></td>
              <td>${one.confidence ?? ''}</td>
              <td>${ruling(one)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${rest > 0 ? markup`<p class="soft">${counted(rest, 'further finding')} not shown.</p>` : ''}`
}

function ruling(one: Finding): string {
  return one.ruling === undefined ? '' : `${one.ruling.by}, ${instant(one.ruling.at)}: ${one.ruling.reason}`
}

function entries(list: readonly PersonEntry[], cites: Citing): Html {
  if (list.length === 0) return markup`<p>None yet.</p>`
  return markup`<table>
    <tbody>
      ${list.map(
        (one) =>
          markup`<tr id="${one.id}">
            <td class="nowrap">${instant(one.at)}</td>
            <td class="nowrap">${one.by}</td>
            <td>
              <div class="words">${one.text}</div>
              ${one.reason === undefined ? '' : markup`<p class="soft">Reason: ${one.reason}</p>`}${cites.chips(one.cites)}
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`
}
