import type { Citing } from './cite-chip.ts'
import { counted, figure, instant } from './figures.ts'
import { markup, type Html } from './markup.ts'
import type { CaseView } from './view.ts'

const [subscribersShown, bulkShown] = [100, 30]

/** Who read whose records: watched subscribers (masked), accounts, bulk reads, and where identifiers are not recorded. */
export function lookupSection(view: CaseView, cites: Citing): Html {
  const review = view.lookups
  const heading = (state: string): Html => markup`<h2>4 Who read whose records? <span class="state">${state}</span></h2>`
  if (review === undefined) {
    return markup`<section id="records">
      ${heading('not looked at')}
      <p>No audit logs were given. Nothing is said about reads of records.</p>
    </section>`
  }
  const restOf = (shown: number, all: number, what: string): Html =>
    all > shown ? markup`<p class="soft">${counted(all - shown, what)} not shown.</p>` : markup``
  return markup`<section id="records">
    ${heading(`${counted(review.watched.length, 'subscriber')} watched`)}
    <p>
      ${counted(review.accesses, 'access', 'accesses')} to records of ${counted(review.subscribers, 'subscriber')} from
      ${instant(review.from)} to ${instant(review.to)}; ${figure(review.tested)} tested, false discoveries held to
      ${(review.q * 100).toFixed(0)} %.
    </p>
    ${
      review.notRecorded.length === 0
        ? ''
        : markup`<p>Identifier not recorded (never counted as zero):</p>
            <ul>
              ${review.notRecorded.map((one) => markup`<li>${one.source}: ${counted(one.accesses, 'access', 'accesses')}; ${one.why} ${cites.chips(one.cites, 2)}</li>`)}
            </ul>`
    }
    ${
      review.watched.length === 0
        ? markup`<p>No subscriber was read more often without a recorded reason than chance allows.</p>`
        : markup`<table>
            <caption>
              Subscribers read more often without a recorded reason than chance allows; identifiers masked
            </caption>
            <thead>
              <tr>
                <th>Subscriber</th>
                <th class="n">Days without reason</th>
                <th class="n">Days with reason</th>
                <th class="n">q</th>
                <th>Accounts used</th>
                <th>First to last</th>
                <th>Cites</th>
              </tr>
            </thead>
            <tbody>
              ${review.watched.slice(0, subscribersShown).map(
                (one) =>
                  markup`<tr>
                    <td class="nowrap"><code>${one.masked}</code></td>
                    <td class="n">${one.days}</td>
                    <td class="n">${one.explainedDays}</td>
                    <td class="n">${one.qValue}</td>
                    <td>${one.accounts.join(', ')}</td>
                    <td class="nowrap">${one.first.slice(0, 10)} to ${one.last.slice(0, 10)}</td>
                    <td>${cites.chips(one.cites, 2)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }
    ${restOf(subscribersShown, review.watched.length, 'further subscriber')}
    ${
      review.accounts.length === 0
        ? ''
        : markup`<h3>Accounts used</h3>
            <p class="soft">An account is a login. Who sat behind it is not established here.</p>
            <table>
              <thead>
                <tr>
                  <th>Account</th>
                  <th>Kind</th>
                  <th class="n">Watched subscribers</th>
                  <th class="n">Reads without reason</th>
                  <th>Grounds</th>
                </tr>
              </thead>
              <tbody>
                ${review.accounts.slice(0, bulkShown).map(
                  (one) =>
                    markup`<tr>
                      <td>${one.account}</td>
                      <td>${one.kind}</td>
                      <td class="n">${figure(one.watched)}</td>
                      <td class="n">${figure(one.unexplained)}</td>
                      <td>${cites.sentences(one.grounds.slice(0, 3))}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
            ${restOf(bulkShown, review.accounts.length, 'further account')}`
    }
    ${
      review.bulk.length === 0
        ? ''
        : markup`<h3>Bulk reads</h3>
            <ul>
              ${review.bulk.slice(0, bulkShown).map((one) => markup`<li>${instant(one.at)}: ${counted(one.rows, 'row')} returned to account ${one.account} ${cites.chips(one.cites, 2)}</li>`)}
            </ul>
            ${restOf(bulkShown, review.bulk.length, 'further bulk read')}`
    }
    ${cites.sentences(review.notes)}
  </section>`
}
