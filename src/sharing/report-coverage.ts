import type { Citing } from './cite-chip.ts'
import { counted, figure, instant } from './figures.ts'
import { markup, type Html } from './markup.ts'
import type { CaseView } from './view.ts'

const rowsShown = 300

type Row = NonNullable<CaseView['coverage']['rows']>[number]

/** The log sources by host: period, missing records, breaks, clock jumps, techniques. */
export function sourceRows({ coverage }: CaseView, cites: Citing): Html {
  const { sources, rows } = coverage
  if (sources.length === 0) return markup`<p>No logs were read.</p>`
  if (rows === undefined) return markup`<p>${sources.map((one) => one.source).join(', ')}</p>`
  return markup`<table>
      <thead>
        <tr>
          <th>Host, source</th>
          <th>From</th>
          <th>To</th>
          <th class="n">Events</th>
          <th>Missing records</th>
          <th>Log breaks, clock jumps, silences</th>
          <th class="n">Techniques</th>
          <th>Cites</th>
        </tr>
      </thead>
      <tbody>
        ${rows.slice(0, rowsShown).map(
          (one) =>
            markup`<tr>
              <td>${one.host || 'not named'}, ${one.source}</td>
              <td class="nowrap">${instant(one.from)}</td>
              <td class="nowrap">${instant(one.to)}</td>
              <td class="n">${figure(one.events)}</td>
              <td>${missingText(one)}</td>
              <td>${figure(one.breakCount)}, ${figure(one.jumpCount)}, ${one.silences === null ? 'not known' : figure(one.silences)}</td>
              <td class="n">${figure(one.techniques)}</td>
              <td>${cites.chips(one.cites, 2)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${rows.length > rowsShown ? markup`<p class="soft">${counted(rows.length - rowsShown, 'further row')} not shown.</p>` : ''}`
}

function missingText({ numbers }: Row): string {
  if (numbers.length === 0) return 'not numbered'
  if (numbers.some((one) => one.standing !== 'followed')) return 'cannot be told'
  const missing = numbers.reduce((sum, one) => sum + one.missing, 0)
  const all = numbers.reduce((sum, one) => sum + one.missing + one.present, 0)
  return missing === 0 ? 'none' : `${figure(missing)} of ${figure(all)}`
}

/** What ATT&CK's analytics could have told from the logs, by tactic. */
export function visibilityPart({ coverage }: CaseView): Html | '' {
  const { visibility = [] } = coverage
  const [whole] = visibility
  if (whole === undefined) return ''
  return markup`<h3>What could have been seen</h3>
    ${visibility.map(
      (one) =>
        markup`<p>
          ${one.from === '' && one.to === '' ? 'Over all logs at hand' : `Between ${one.from.slice(0, 10)} and ${one.to.slice(0, 10)}`}: ${figure(one.could.length)} of
          ${counted(one.techniques, 'technique')} of ATT&amp;CK ${one.attackVersion}; for ${figure(one.unsure.length)} a source is at hand without records of the kind
          needed, ${figure(one.not.length)} are not visible at all, for ${figure(one.unnamed.length)} ATT&amp;CK names no log source.
        </p>`,
    )}
    <p class="soft">A technique counts when a record of a kind that an analytic rests on occurs. It says nothing of whether it was used.</p>
    <table>
      <thead>
        <tr>
          <th>Tactic</th>
          <th class="n">Could have been seen</th>
          <th class="n">Of</th>
          <th>Not visible at all</th>
        </tr>
      </thead>
      <tbody>
        ${whole.byTactic.map(
          (one) =>
            markup`<tr>
              <td>${one.tactic}</td>
              <td class="n">${figure(one.could)}</td>
              <td class="n">${figure(one.techniques)}</td>
              <td>${one.not.join(', ')}</td>
            </tr>`,
        )}
      </tbody>
    </table>`
}

/** Log sources that lose needed days next, lost days, and what was asked and recorded. */
export function lostNextPart({ lostNext }: CaseView): Html | '' {
  if (lostNext?.period === undefined || lostNext.sources.length === 0) return ''
  const { period, sources } = lostNext
  return markup`<h3>What is lost next</h3>
    <p>Logs are needed from ${period.from} to ${period.to} (${period.because}).</p>
    <ul>
      ${sources.map(
        (one) =>
          markup`<li>
            ${one.text}${one.exhibits.length === 0 ? '' : ` Events of needed days are in ${one.exhibits.join(', ')}.`}${one.requests.map(
              (request) => ` ${request.number}: asked by ${request.by.join(', ')} on ${request.at.slice(0, 10)}.`,
            )}${one.losses.map(
              (loss) => ` ${loss.number}: ${loss.from} to ${loss.to} recorded as lost by ${loss.by.join(', ')} (${loss.reason}).`,
            )}
          </li>`,
      )}
    </ul>`
}
