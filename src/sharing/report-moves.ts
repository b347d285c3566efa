import type { Story } from '../intrusion/index.ts'
import type { Citing } from './cite-chip.ts'
import { counted, instant, percent } from './figures.ts'
import { markup, type Html } from './markup.ts'

const movesShown = 100

/** Moves from host to host, each with the logins by which somebody had come to where it was made from; attempts after them. */
export function movesPart(story: Story, cites: Citing): Html {
  const moves = story.lateralMovement.toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
  const rest = moves.length - movesShown
  const refused = story.attempts ?? []
  if (moves.length === 0 && refused.length === 0) return markup`<p>No move from host to host was seen.</p>`
  return markup`<table>
      <thead>
        <tr>
          <th>Time</th>
          <th>From</th>
          <th>To</th>
          <th>Account used</th>
          <th>Means</th>
          <th class="n">Certainty</th>
        </tr>
      </thead>
      <tbody>
        ${moves.slice(0, movesShown).map(
          (one) =>
            markup`<tr>
              <td class="nowrap">${instant(one.time)}</td>
              <td>${one.from}</td>
              <td>${one.to}</td>
              <td>${one.account}</td>
              <td>${one.means} ${cites.chips(one.cites, 2)}${logins(one.logins, cites)}</td>
              <td class="n">${percent(one.certainty)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${rest > 0 ? markup`<p class="soft">${counted(rest, 'further move')} not shown.</p>` : ''}
    ${
      refused.length === 0
        ? ''
        : markup`<p>Tried and refused:</p>
            <ul>
              ${refused.map((one) => markup`<li>${instant(one.time)} ${one.from} to ${one.to} (${one.means}) under the account ${one.account || '(not named)'} ${cites.chips(one.cites, 2)}</li>`)}
            </ul>`
    }`
}

type Logins = Story['lateralMovement'][number]['logins']

/** The login path of a move, the first login first; a change of account is told with how clear it is. */
function logins(path: Logins, cites: Citing): Html | '' {
  const [first] = path?.logins ?? []
  if (path === undefined || first === undefined) return ''
  const way = path.logins.map((one) => ` > ${one.to} (${one.account || 'no account stated'}, ${instant(one.time)})`).join('')
  const switched = path.switches.map(
    ({ on, from, to, clear }) =>
      ` On ${on} the account changed from ${from} to ${to}${clear ? '' : ', or another that was in use there did'}.`,
  )
  return markup`<br /><span class="soft"
      >By logins: ${first.from}${way}, certainty
      ${percent(path.certainty)}.${switched.join('')}</span>
    ${cites.chips(
      path.logins.map((one) => one.cite),
      2,
    )}`
}
