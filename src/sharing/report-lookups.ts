import type { Citing } from './cite-chip.ts'
import { bulkText, restsOnLeftAlone } from '../lookups/index.ts'
import { counted, figure, instant } from './figures.ts'
import { markup, type Html } from './markup.ts'
import type { CaseView } from './view.ts'

type WatchedSubscriber = NonNullable<CaseView['lookups']>['watched'][number]

const [subscribersShown, bulkShown, daysShown] = [100, 30, 40]

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
  if (restsOnLeftAlone(review))
    return markup`<section id="records">
      ${heading('no audit logs')}
      <p>No audit logs were given. Nothing is said about reads of records but what was left behind.</p>
      ${leftSection(review.leftBehind, cites)}
    </section>`
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
              ${review.notRecorded.map((one) => markup`<li>${one.source}: identifier not recorded for ${one.share === undefined ? '' : `${one.share} of reads, `}${counted(one.accesses, 'read')}; ${one.why} ${cites.chips(one.cites, 2)}</li>`)}
            </ul>`
    }
    <h3>Read covertly</h3>
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
    ${more(subscribersShown, review.watched.length, 'further subscriber')}
    ${review.watched.slice(0, subscribersShown).map((one) => timelineOf(one, cites))}
    ${
      review.accounts.length === 0
        ? ''
        : markup`<h3>Accounts used</h3>
            <p class="soft">Accounts stand as pseudonyms of logins. Who sat behind one is not established here.</p>
            <table>
              <thead>
                <tr>
                  <th>Account</th>
                  <th>Beyond chance</th>
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
                      <td>${one.beyondChance === undefined ? one.kind : `${one.beyondChance ? 'yes' : 'no'}, q ${one.qValue ?? ''}`}</td>
                      <td class="n">${figure(one.watched)}</td>
                      <td class="n">${figure(one.unexplained)}</td>
                      <td>${cites.sentences(one.grounds.slice(0, 3))}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
            ${more(bulkShown, review.accounts.length, 'further account')}`
    }
    ${
      review.bulk.length === 0
        ? ''
        : markup`<h3>Bulk reads</h3>
            <ul>
              ${review.bulk.slice(0, bulkShown).map((one) => markup`<li>${instant(one.at)}: ${one.file === undefined && one.rows >= 0 ? `${counted(one.rows, 'row')} returned to` : `${bulkText(one)}, read by`} account ${one.account} ${cites.chips(one.cites, 2)}</li>`)}
            </ul>
            ${more(bulkShown, review.bulk.length, 'further bulk read')}`
    }
    ${leftSection(review.leftBehind, cites)} ${furtherQueues(review, cites)} ${cites.sentences(review.notes)}
  </section>`
}

/** What the actor left behind, a sentence a source: asked or held, and counted by no test. */
function leftSection(left: NonNullable<CaseView['lookups']>['leftBehind'], cites: Citing): Html {
  if (left === undefined) return markup``
  return markup`<h3>Left behind by the actor</h3>
    <p>
      ${left.atLeast === true ? 'At least ' : ''}${counted(left.subscribers, 'subscriber')} named: ${figure(left.asked)} in
      queries, ${figure(left.inFiles)} in recovered files. Queries say what was asked, not what was answered; no test counts
      them.
    </p>
    ${cites.sentences(left.findings.slice(0, bulkShown).map((one) => one.sentence))}
    ${more(bulkShown, left.findings.length, 'further source')}`
}

/** Bulk by day and the queue of the unjustified; then what the tests can say. The three queues never mix. */
function furtherQueues(review: NonNullable<CaseView['lookups']>, cites: Citing): Html {
  const [busy, unjustified] = [review.busyDays ?? [], review.unjustified ?? []]
  const said = [review.power?.text, review.globalAlarm?.text, review.permutation?.text].filter((text) => text !== undefined)
  return markup`${
    busy.length === 0
      ? ''
      : markup`<h3>Busy days</h3>
            <ul>
              ${busy.slice(0, bulkShown).map((one) => markup`<li>${one.day}: ${counted(one.subscribers, 'subscriber')} read by account ${one.account}, ${one.usual} usual (q ${one.qValue}) ${cites.chips(one.cites, 2)}</li>`)}
            </ul>
            ${more(bulkShown, busy.length, 'further day')}`
  }
    ${
      unjustified.length === 0
        ? ''
        : markup`<h3>Read without justification</h3>
            <p class="soft">For those who look after record access. This is not the search for an intruder, and no subscriber stands in both.</p>
            <ul>
              ${unjustified.slice(0, bulkShown).map((one) => markup`<li>Account ${one.account}${one.masked === undefined ? '' : markup`, subscriber <code>${one.masked}</code>`}: ${one.grounds[0]?.text ?? ''} q ${one.qValue} ${cites.chips(one.cites, 2)}</li>`)}
            </ul>
            ${more(bulkShown, unjustified.length, 'further row')}`
    }
    ${
      said.length === 0
        ? ''
        : markup`<h3>What these tests can say</h3>
            <ul>
              ${said.map((text) => markup`<li>${text}</li>`)}
            </ul>`
    }`
}

const reasonWords = {
  explained: 'recorded reason',
  'own-ticket': 'own ticket only',
  'ticket-afterwards': 'own ticket, opened after the read',
  none: 'no recorded reason',
} as const

/** Reads of one watched subscriber against the reasons for them. */
function timelineOf(one: WatchedSubscriber, cites: Citing): Html {
  const days = one.timeline ?? []
  if (days.length === 0) return markup``
  const asked = one.askedTo === undefined ? '' : `; periods asked for: ${one.askedFrom} to ${one.askedTo}`
  const fields = one.fields === undefined ? '' : `; fields read: ${one.fields.join(', ')}`
  return markup`<details>
    <summary><code>${one.masked}</code>: ${counted(days.length, 'day')} of reading against reasons${fields}${asked}</summary>
    <ul>
      ${days.slice(0, daysShown).map((day) => markup`<li>${day.day}, account ${day.account}: ${reasonWords[day.explained]} ${cites.chips(day.cites, 1)}</li>`)}
    </ul>
    ${more(daysShown, days.length, 'further day')}
  </details>`
}

function more(shown: number, all: number, what: string): Html {
  return all > shown ? markup`<p class="soft">${counted(all - shown, what)} not shown.</p>` : markup``
}
