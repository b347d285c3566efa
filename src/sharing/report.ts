import { sha256 } from '../base/index.ts'
import { localText, nextDue } from '../response/index.ts'
import { citing } from './cite-chip.ts'
import { counted, instant } from './figures.ts'
import { markup, type Html } from './markup.ts'
import { redactHolders } from './redact-holders.ts'
import { affectedSection } from './report-affected.ts'
import { assessmentSection } from './report-assessment.ts'
import { claimSection } from './report-claim.ts'
import { dueSection } from './report-due.ts'
import { coverageSection, custodySection, exhibitSection } from './report-evidence.ts'
import { lookupSection } from './report-lookups.ts'
import { peopleSection } from './report-people.ts'
import { provenanceSection } from './report-provenance.ts'
import { storySection } from './report-story.ts'
import { reportStyle } from './report-style.ts'
import type { CaseView } from './view.ts'

/**
 * The case as one self-contained HTML page: no script, nothing loaded, everything from evidence escaped. Holders of copies are
 * called "Holder A" unless `releaseHolders`. Same view, same bytes.
 */
export function htmlReport(given: CaseView, options: { readonly releaseHolders?: boolean } = {}): string {
  const view = options.releaseHolders === true ? given : redactHolders(given)
  const cites = citing(view)
  const policy = `default-src 'none'; style-src 'sha256-${Buffer.from(sha256(reportStyle), 'hex').toString('base64')}'; base-uri 'none'; form-action 'none'`
  const page = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>${view.case.title}: breach claim report</title>
        ${{ html: `<style>${reportStyle}</style>` }}
      </head>
      <body>
        <header>
          <p class="meta">Breach claim report · ${view.case.operator} · case ${view.case.id}</p>
          <h1>${view.case.title}</h1>
          <p class="meta">
            As of ${localText(view.generatedAt, view.case.zone)}. Times are UTC unless a zone is shown. Custody head
            <code>${view.custody.head.slice(0, 16)}</code> after
            ${counted(view.custody.entries, 'entry', 'entries')}.${options.releaseHolders === true ? '' : ' Holders of copies are not named.'}
          </p>
          <p class="headline">${view.assessment.headline}</p>
          ${strip(view)}
          <nav>
            <a href="#assessment">Assessment</a><a href="#claimed">1 Claimed</a><a href="#real">2 Real, whose copy</a
            ><a href="#in">3 How in</a><a href="#records">4 Who read records</a><a href="#affected">5 Affected</a
            ><a href="#due">6 Due</a><a href="#coverage">Not covered</a><a href="#people">Findings, decisions</a
            ><a href="#exhibits">Exhibits</a>
          </nav>
        </header>
        <main>
          ${assessmentSection(view, cites)} ${claimSection(view, cites)} ${provenanceSection(view, cites)}
          ${storySection(view, cites)} ${lookupSection(view, cites)} ${affectedSection(view, cites)} ${dueSection(view, cites)}
          ${coverageSection(view, cites)} ${peopleSection(view, cites)} ${exhibitSection(view)} ${custodySection(view)}
        </main>
        <footer>
          <p>
            Report of ${instant(view.generatedAt)}. It speaks of copies, accounts and behaviour; it names no author of
            the breach. ${view.due.disclaimer}
          </p>
        </footer>
      </body>
    </html> `
  return `${page.html.trimEnd()}\n`
}

function strip(view: CaseView): Html {
  const { counts } = view.assessment
  const next = nextDue(view.due)
  const clock = next === undefined ? 'no date runs' : localText(next.due ?? '', view.case.zone)
  const adopted = view.findings.filter((one) => one.status === 'adopted').length
  const proposed = view.findings.filter((one) => one.status === 'proposed').length
  return markup`<div class="strip">
    <div><b class="supported">● ${counts.supported} supported</b><span>assertions of the claim</span></div>
    <div><b class="contradicted">✕ ${counts.contradicted} contradicted</b><span>by evidence in this case</span></div>
    <div><b class="open">○ ${counts.open} open</b><span>what would settle each stands below</span></div>
    <div>
      <b>${clock}</b
      ><span
        >${next === undefined ? 'next clock' : `next clock: ${next.step}${next.start?.provisional === true ? ', provisional' : ''}`}</span
      >
    </div>
    <div><b>${adopted} adopted, ${proposed} proposed</b><span>findings; only adopted ones are stated by the operator</span></div>
  </div>`
}
