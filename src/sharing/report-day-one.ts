import { counted, percent } from './figures.ts'
import { markup, type Html } from './markup.ts'
import type { CaseView } from './view.ts'

type DayOneView = NonNullable<CaseView['provenance'][number]['dayOne']>

const standings = { can: 'can have produced it', cannot: 'cannot', 'not-decided': 'not decided' } as const
const mostAgreements = 20

/** Which systems can have produced a sample that no registered copy answers, from which days it can be, and what to fetch next. */
export function dayOneSection(answer: DayOneView | undefined): Html {
  if (answer === undefined) return markup``
  const { systems, operators, agreements, next } = answer
  return markup`<h4>Which systems can have produced it</h4>
    <div class="box"><p>${answer.statement}</p></div>
    ${
      systems.length === 0
        ? markup`<p class="soft">No table of a system was given to compare with.</p>`
        : markup`<table>
            <thead>
              <tr>
                <th>System</th>
                <th>Can it</th>
                <th class="n">Rows in the newest table</th>
                <th class="n">In any</th>
                <th>Why</th>
              </tr>
            </thead>
            <tbody>
              ${systems.map(
                (one) =>
                  markup`<tr>
                    <td>${one.system}<br /><span class="soft">${one.tables.map(({ asOf }) => asOf).join(', ')}</span></td>
                    <td>${standings[one.standing]}</td>
                    <td class="n">${percent(one.foundToday)}</td>
                    <td class="n">${percent(one.foundEver)}</td>
                    <td>${one.reasons.slice(0, 4).map(({ text }) => markup`${text}<br />`)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }
    <p>Days it can be from: ${windowText(answer.window)}</p>
    ${answer.window.reasons.length === 0 ? '' : markup`<ul>${answer.window.reasons.map((one) => markup`<li>${one}</li>`)}</ul>`}
    ${operators === undefined ? '' : markup`<p>Numbers by operator: ${operators.what}.</p>`}
    ${
      agreements.length === 0
        ? ''
        : markup`<p>Field lists of agreements that could have carried these columns (what was possible, not what happened):</p>
            <ul>
              ${agreements.slice(0, mostAgreements).map((one) => markup`<li>${one.agreement}: ${one.standing.replaceAll('-', ' ')}; ${one.why}</li>`)}
            </ul>
            ${agreements.length > mostAgreements ? markup`<p class="soft">${counted(agreements.length - mostAgreements, 'further agreement')} not shown.</p>` : ''}`
    }
    ${
      next.length === 0
        ? ''
        : markup`<p>To fetch next, the most telling first:</p>
            <ol>
              ${next.slice(0, 6).map((step) => markup`<li>${step.what}: ${step.why}</li>`)}
            </ol>`
    }
    <p class="soft">${answer.limits.join('; ')}.</p>`
}

function windowText({ earliest, latest, estimate }: DayOneView['window']): string {
  const about = estimate === undefined ? '' : `, by changed values about ${estimate.day} (${estimate.from} to ${estimate.to})`
  if (earliest !== undefined && latest !== undefined) return `${earliest} to ${latest}${about}.`
  if (earliest !== undefined) return `${earliest} or later${about}.`
  return latest === undefined ? 'nothing dates it.' : `${latest} or earlier${about}.`
}
