import type { Verdict } from '../provenance/index.ts'
import type { Citing } from './cite-chip.ts'
import { counted, figure, percent } from './figures.ts'
import { markup, type Html } from './markup.ts'
import { dayOneSection } from './report-day-one.ts'
import { asOfText, posteriorOf, propositionsText, ratioText } from './verdict-words.ts'
import type { CaseView } from './view.ts'

/** Columns of a sample that the report lists; a hostile one can have thousands. */
const mostColumns = 60

/** Is it real, and whose copy is it: per sample the verdict, what it is made of, and the answers side by side. */
export function provenanceSection(view: CaseView, cites: Citing): Html {
  const state = view.provenance.length === 0 ? 'no sample given' : counted(view.provenance.length, 'sample')
  return markup`<section id="real">
    <h2>2 Is it real, and whose copy is it? <span class="state">${state}</span></h2>
    ${view.provenance.map((one) => markup`${sample(one.sample, one.verdict, cites)}${dayOneSection(one.dayOne)}`)}
  </section>`
}

function sample(name: string, verdict: Verdict, cites: Citing): Html {
  const { padding, propositions } = verdict
  const posterior = posteriorOf(verdict)
  return markup`<h3>${name}</h3>
    <div class="box">
      <p><b>${verdict.statement}</b></p>
      <p class="soft">
        ${counted(verdict.rows, 'row')}, ${figure(verdict.read)} read as records, ${figure(verdict.identified)} with a usable
        identifier${verdict.compared === undefined ? '' : `, ${figure(verdict.compared)} of them compared`}${padding.rows === 0 ? '' : `; ${counted(padding.rows, 'row')} taken as padding${padding.leak === undefined ? '' : ` from ${padding.leak}`}`}.
      </p>
      ${propositions === undefined ? '' : markup`<p>${propositionsText(propositions)}</p>`}
      <p class="soft">
        ${posterior === undefined ? '' : markup`Posterior ${percent(posterior)}. `}${verdict.prior}
      </p>
      <p class="soft">As of: ${asOfText(verdict) ?? 'nothing in the sample dates it'}.</p>
    </div>
    ${cites.sentences(verdict.grounds)}
    <table class="narrow">
      <caption>
        What the sample is made of, as probabilities that sum to 1
      </caption>
      <tbody>
        ${(['real', 'recycled', 'fabricated', 'mixed', 'combo'] as const).map((kind) => row(kind, verdict.kind[kind]))}
      </tbody>
    </table>
    <table>
      <caption>
        Whose copy: the answers side by side, with their posterior; they sum to 1
      </caption>
      <thead>
        <tr>
          <th>Copy</th>
          <th>Posterior</th>
          <th class="n">log10 LR</th>
          <th class="n">Rows in it</th>
          <th class="n">Rows agreeing</th>
          <th>As of</th>
          <th>Cites</th>
        </tr>
      </thead>
      <tbody>
        ${verdict.sources.slice(0, 20).map(
          (one) =>
            markup`<tr>
              <td>
                ${one.holder},
                ${one.system}${one.cutDay === undefined ? '' : `, cut ${one.cutDay}`}${one.alsoHeldBy.length === 0 ? '' : markup`<br /><span class="soft">not told apart from: ${one.alsoHeldBy.join(', ')}</span>`}
              </td>
              <td class="nowrap">${bar(one.posterior)} ${percent(one.posterior)}</td>
              <td class="n">${ratioText(one.log10LR)}</td>
              <td class="n">
                ${figure(one.rowsInside)}${one.rowsMet === undefined ? '' : markup`<br /><span class="soft">${figure(one.rowsMet)} of all read</span>`}
              </td>
              <td class="n">${figure(one.rowsAgreeing)}</td>
              <td class="nowrap">
                ${one.asOf === undefined ? 'not told' : one.asOf.day}${one.asOf === undefined ? '' : markup`<br /><span class="soft">${one.asOf.from} to ${one.asOf.to}</span>`}
              </td>
              <td>${cites.chips(one.cites, 2)}</td>
            </tr>`,
        )}
        ${other('A copy that is not registered', verdict.unknownCopy)}${verdict.knownLeaks.map((one) => other(`Known leak ${one.leak}, holding ${percent(one.containment)} of the rows`, one.posterior))}${other('Fabricated', verdict.fabricated)}
      </tbody>
    </table>
    ${signs(verdict.signs ?? [], cites)} ${lines('What would change this', verdict.wouldChange)}
    ${lines('What a sample cannot show', verdict.cannotShow)} ${columns(verdict.columns)}
    <p class="soft">${verdict.calibration}</p>`
}

function signs(list: NonNullable<Verdict['signs']>, cites: Citing): Html {
  if (list.length === 0) return markup``
  return markup`<table>
    <caption>
      Signs beside the comparison: above 0 for rows of a real base, below 0 for invention
    </caption>
    <thead>
      <tr>
        <th>Sign</th>
        <th class="n">log10 LR</th>
        <th>What was seen</th>
      </tr>
    </thead>
    <tbody>
      ${list.map(
        (one) =>
          markup`<tr>
            <td class="nowrap">${one.sign.replaceAll('-', ' ')}</td>
            <td class="n">${one.log10LR > 0 ? '+' : ''}${one.log10LR.toFixed(1)}</td>
            <td>${cites.sentence(one.sentence)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

function lines(title: string, list: readonly string[] | undefined): Html {
  if (list === undefined || list.length === 0) return markup``
  return markup`<p><b>${title}</b></p>
    <ul>
      ${list.map((one) => markup`<li>${one}</li>`)}
    </ul>`
}

function columns(list: Verdict['columns']): Html {
  if (list.length === 0) return markup``
  return markup`<table class="small">
    <caption>
      What every column of the sample was taken for
    </caption>
    <thead>
      <tr>
        <th>Column</th>
        <th>Taken for</th>
        <th>Because</th>
      </tr>
    </thead>
    <tbody>
      ${list.slice(0, mostColumns).map(
        (one) =>
          markup`<tr>
            <td>${one.name}</td>
            <td>${one.meaning}</td>
            <td>${one.why}</td>
          </tr>`,
      )}
    </tbody>
  </table>
  ${list.length > mostColumns ? markup`<p class="soft">And ${counted(list.length - mostColumns, 'further column')}.</p>` : ''}`
}

function row(name: string, fraction: number): Html {
  return markup`<tr>
    <td>${name}</td>
    <td class="nowrap">${bar(fraction)} ${percent(fraction)}</td>
  </tr>`
}

function other(name: string, posterior: number): Html {
  return markup`<tr>
    <td>${name}</td>
    <td class="nowrap">${bar(posterior)} ${percent(posterior)}</td>
    <td></td>
    <td></td>
    <td></td>
    <td></td>
    <td></td>
  </tr>`
}

function bar(fraction: number): Html {
  const width = Math.round(Math.min(1, Math.max(0, fraction)) * 100)
  return markup`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <rect class="of" width="100" height="8" />
    <rect class="is" width="${width}" height="8" />
  </svg>`
}
