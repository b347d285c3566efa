import { assess, countAffected, proposeAssessment } from '../assessment/index.ts'
import { limits, type Fault, type Watch } from '../base/index.ts'
import { propose, type Proposal } from '../casefile/index.ts'
import { proposals as claimProposals } from '../claims/index.ts'
import { appendCustody, exhibits, type Signer } from '../evidence/index.ts'
import { listInventory } from '../inventory/index.ts'
import { proposeAttribution, proposeStories } from '../intrusion/index.ts'
import { proposals as lookupProposals, restsOnLeftAlone } from '../lookups/index.ts'
import { proposals as dueProposals } from '../response/index.ts'
import type { Answer } from './answer.ts'
import { casePasswords } from './case-passwords.ts'
import type { CaseStore } from './case-store.ts'
import { claimPictures } from './claim-pictures.ts'
import { claimParties } from './claim-parties.ts'
import { coverageOf } from './coverage.ts'
import { dayOneOfCase } from './day-one-case.ts'
import { caseClock, dueNow, factsOf } from './due.ts'
import { importEstate, openInventory, subscriberBase } from './estate.ts'
import { itemsOf, openItems, type Item } from './items.ts'
import { whatStandsOpen } from './exposure-kept.ts'
import { extractsOf } from './extracts-of.ts'
import { handedOver } from './handed-over.ts'
import { huntIndicators } from './hunt-indicators.ts'
import { keptIndicators } from './indicators-kept.ts'
import { judgeSamples } from './judge-samples.ts'
import { workspaceTokenKey } from './keys.ts'
import { heldDays } from './lost-next.ts'
import { neededPeriod } from './needed-period.ts'
import { nothingReadable } from './nothing-readable.ts'
import { readClaim } from './read-claim.ts'
import { readLogs } from './read-logs.ts'
import { reviewAudit } from './review-lookups.ts'
import { registryFolder } from './registry.ts'
import { readRules } from './rule-files.ts'
import { weighedSamples } from './weighed-samples.ts'
import { withChanges } from './story-changes.ts'
import { pagesOfCase } from './watched-pages.ts'
import { workspaceId } from './workspace-id.ts'
import type { Workspace } from './workspace.ts'

/** What the investigation of a case rests on besides its evidence. */
export interface AnalysisOptions {
  readonly workspace: Workspace
  readonly store: CaseStore
  readonly signer: Signer
  /** Folders of Sigma rules beside our own. */
  readonly rules: readonly string[]
  readonly faults: readonly Fault[]
  readonly watch: Watch
}

/**
 * Answers the six questions from the evidence of a case, proposes the findings, and keeps the answer. The same evidence gives
 * the same findings, whether the lake holds its loads already or not.
 */
export async function analyse(options: AnalysisOptions): Promise<Answer> {
  const { workspace, store, signer, watch } = options
  const opened = await openItems({
    store,
    scratch: workspace.path('run', 'scratch'),
    passwords: casePasswords(workspace, store.id),
    watch,
  })
  const inventory = openInventory(workspace, store.info())
  try {
    return await answerFrom({ ...options, items: opened.items, faults: [...options.faults, ...opened.faults], inventory })
  } finally {
    inventory.close()
    await opened.release()
  }

  async function answerFrom({
    items,
    faults: earlier,
    inventory: db,
  }: {
    items: readonly Item[]
    faults: readonly Fault[]
    inventory: ReturnType<typeof openInventory>
  }): Promise<Answer> {
    const now = workspace.world.now()
    const info = store.info()
    const faults: Fault[] = [...earlier]
    faults.push(...(await importEstate({ db, items, by: signer.name, now })))
    const claim = await readClaim({
      items,
      zone: info.zone,
      parties: claimParties(listInventory(db)),
      operator: info.operator,
      watch,
    })
    faults.push(...claim.faults)
    const pictures = claimPictures(claim.documents, listInventory(db))
    const lake = await workspace.lake()
    const key = workspaceTokenKey(workspace.world, workspaceId(workspace))
    const samples = await judgeSamples({
      items,
      info,
      registry: { folder: registryFolder(workspace, info), lake, key },
      handed: extractsOf(workspace),
      watch,
    })
    faults.push(...samples.faults)
    const { notLoaded, ...rules } = await readRules(options.rules)
    const readable = [...itemsOf(items, 'logs'), ...itemsOf(items, 'audit').filter((item) => item.identified.kind === 'pgaudit')]
    const read =
      readable.length === 0
        ? undefined
        : await readLogs({
            items: readable,
            rules,
            lake,
            zone: info.zone,
            inventory: listInventory(db),
            ...(info.knownFrom === undefined ? {} : { knownFrom: info.knownFrom }),
            watch,
          })
    const logs = read === undefined ? undefined : { ...read, stories: withChanges(store, read.stories) }
    faults.push(...(logs?.faults ?? []), ...notLoaded.map(ruleFault))
    const kept = (logs?.coverage.rows.length ?? 0) === 0 ? [] : keptIndicators(workspace)
    const indicators =
      kept.length === 0 ? undefined : await huntIndicators({ workspace, caseId: info.id, indicators: kept, watch })
    const base = subscriberBase(db)
    const audit = await reviewAudit({
      workspace,
      signer,
      of: store.id,
      items,
      info,
      lake,
      key,
      subscriberBase: base?.count,
      ...(read === undefined ? {} : { events: read.loads }),
      watch,
    })
    faults.push(...audit.faults)
    watch.report?.({ step: 'weighing the assertions', done: 0, unit: 'assertions' })
    const firstDay = await dayOneOfCase(samples.judged, {
      items,
      info,
      inventory: listInventory(db),
      registry: { folder: registryFolder(workspace, info), lake, key },
      watch,
    })
    faults.push(...firstDay.faults)
    const weighed = weighedSamples(samples.judged, { answers: firstDay.answers, tables: itemsOf(items, 'table') })
    const [first, ...further] = samples.judged.map(({ sample, verdict }) => {
      const dayOne = firstDay.answers.get(sample)
      return { sample, ...verdict, ...(dayOne === undefined ? {} : { dayOne }) }
    })
    const period = neededPeriod(info, {
      threads: claim.threads,
      provenance: first,
      furtherSamples: further,
      stories: logs?.stories,
    })
    const coverage = coverageOf(
      logs?.coverage,
      period === undefined ? undefined : { from: period.from, to: `${period.to}T23:59:59.999999Z` },
    )
    const affected = countAffected({
      samples: weighed,
      ...(logs === undefined ? {} : { stories: logs.stories }),
      ...(audit.review === undefined ? {} : { lookups: audit.review }),
    })
    const assessment = assess(claim.threads, {
      ...(info.operator === '' ? {} : { operator: info.operator }),
      samples: weighed,
      pictures,
      ...(logs === undefined ? {} : { stories: logs.stories }),
      // Without a log of accesses nothing is said about who was not read.
      ...(audit.review === undefined || restsOnLeftAlone(audit.review) ? {} : { lookups: audit.review }),
      ...(base === undefined ? {} : { subscriberBase: base }),
      coverage,
      inventory: listInventory(db),
      held: heldDays(coverage.rows ?? [], listInventory(db)),
      handed: handedOver(coverage.rows ?? [], store.given()),
      ...(period === undefined ? {} : { needed: period }),
      ...(info.generated ? {} : whatStandsOpen(workspace)),
      pages: pagesOfCase(workspace, new Set(exhibits(store.db).map((one) => one.sha256))),
    })
    const stories = logs?.stories ?? null
    const due = dueNow(factsOf({ info, answer: { threads: claim.threads, affected, stories }, store }), caseClock(info, now))
    const answer: Answer = {
      case: info,
      at: now,
      threads: claim.threads,
      ...(pictures.length === 0
        ? {}
        : { pictures: pictures.map(({ file, answer, ground, reasons }) => ({ file, answer, ground, reasons })) }),
      provenance: first ?? null,
      furtherSamples: further,
      // As the machine told them: what people changed is applied whenever the answer is read.
      stories: read?.stories ?? null,
      lookups: audit.review ?? null,
      ...(indicators === undefined ? {} : { indicators }),
      affected,
      due,
      assessment,
      coverage,
      assumedSamples: items.filter((item) => item.guessed).map((item) => item.member ?? item.file),
      faults: { total: faults.length + (logs?.unkept ?? 0), kept: faults.slice(0, limits.faultsKept) },
    }
    const silent = nothingReadable(answer, items)
    if (silent !== undefined) throw silent
    const proposals: Proposal[] = [
      ...claimProposals(claim.threads),
      ...samples.proposals,
      ...firstDay.proposals,
      ...(stories === null ? [] : proposeStories(stories)),
      ...(logs?.attribution === undefined ? [] : [proposeAttribution(logs.attribution.attribution, logs.attribution.story)]),
      ...(audit.review === undefined ? [] : lookupProposals(audit.review)),
      ...dueProposals(due),
      ...proposeAssessment({ assessment, affected }),
    ]
    watch.signal?.throwIfAborted()
    keep({ answer, proposals, now })
    return answer
  }

  /** Findings, custody entry and answer in one transaction: a run is in the case whole or not at all. */
  function keep({ answer, proposals, now }: { answer: Answer; proposals: readonly Proposal[]; now: string }): void {
    const run = `run ${now}`
    store.db.transaction(() => {
      const written = propose(store.db, proposals, {
        run,
        at: now,
        complete: ['claim', 'provenance', 'story', 'lookup', 'affected', 'due', 'assessment', 'coverage'],
      })
      appendCustody(store.db, {
        at: now,
        act: 'investigated',
        by: [signer],
        detail: { run, proposed: written.proposed.length, withdrawn: written.withdrawn.length, unchanged: written.unchanged },
      })
      store.keepAnswer({ run, at: now, json: JSON.stringify(answer) })
    })
  }
}

function ruleFault(one: { readonly file: string; readonly line: number; readonly why: string }): Fault {
  return {
    kind: 'fault',
    code: 'rule-not-loaded',
    what: one.why,
    where: { file: one.file, line: one.line },
    todo: 'correct the rule, or leave it out',
  }
}
