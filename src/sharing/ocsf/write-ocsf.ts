import { canonicalJson, sha256, type Canonical } from '../../base/index.ts'
import type { ReleasedView, SharedBehaviour, SharedIndicator } from '../redaction/share-view.ts'
import { behaviourText, summaryOf } from '../redaction/tell-view.ts'
import { uuid5 } from '../redaction/uuid.ts'
import { tactics } from '../redaction/words.ts'

type OcsfEvent = { readonly [attribute: string]: Canonical | undefined }

/** `type_id` of observables, by kind. */
const observableTypes: Readonly<Record<SharedIndicator['kind'], number>> = { domain: 1, ip: 2, url: 6, file: 7, hash: 8 }

/**
 * The view as events of OCSF 1.9: an Incident Finding (2005), then a Detection Finding (2004) for each behaviour. Under the profile
 * `record_integrity` every event carries the SHA-256 of its canonical JSON (RFC 8785) and that of the event before it.
 */
export function writeOcsf(view: ReleasedView, version: string): readonly OcsfEvent[] {
  const chain = uuid5(view.incident, `ocsf ${view.released}`)
  const time = Date.parse(view.released)
  const metadata = (uid: string, profiles: readonly string[], labels: readonly string[]): Canonical => ({
    version: '1.9.0',
    uid,
    product: { name: 'Breachline', vendor_name: 'Breachline', version },
    profiles: [...profiles, 'record_integrity'],
    labels,
    log_name: 'findings',
    original_time: view.released,
    tenant_uid: view.producer,
  })
  const labels = [`tlp:${view.tlp}`, `pap:${view.pap}`, ...(view.exercise ? ['exercise'] : [])]
  const base = (classUid: 2004 | 2005, className: string): OcsfEvent => ({
    activity_id: 1,
    activity_name: 'Create',
    category_uid: 2,
    category_name: 'Findings',
    class_uid: classUid,
    class_name: className,
    type_uid: classUid * 100 + 1,
    severity_id: 4,
    severity: 'High',
    time,
  })
  const incident: OcsfEvent = {
    ...base(2005, 'Incident Finding'),
    metadata: metadata(view.incident, ['incident'], labels),
    message: summaryOf(view),
    desc: summaryOf(view),
    status_id: 2,
    status: 'In Progress',
    verdict_id: view.determination === 'confirmed' ? 2 : 4,
    is_suspected_breach: true,
    assignee_group: { name: 'incident response' },
    ...period(view.from, view.to),
    finding_info_list:
      view.behaviours.length === 0 ? [{ uid: view.incident }] : view.behaviours.map((step) => infoOf(view, step)),
    attacks: attacksOf(view.behaviours),
  }
  const findings = view.behaviours.map((step): OcsfEvent => {
    const seen = view.indicators.filter((one) => one.behaviours.includes(step.n))
    return {
      ...base(2004, 'Detection Finding'),
      metadata: metadata(findingId(view, step), [], labels),
      message: behaviourText(step),
      status_id: 1,
      status: 'New',
      is_alert: true,
      ...period(step.at, step.at),
      finding_info: infoOf(view, step),
      ...(seen.length === 0
        ? {}
        : {
            observables: seen.map((one) => ({
              name: `indicator.${one.kind}`,
              type_id: observableTypes[one.kind],
              value: one.value,
            })),
          }),
    }
  })
  return attested([incident, ...findings], { chain, authority: view.producer })
}

function attested(events: readonly OcsfEvent[], { chain, authority }: { chain: string; authority: string }): OcsfEvent[] {
  const done: OcsfEvent[] = []
  let before: { uid: string; type: number; fingerprint: Canonical } | undefined
  for (const event of events) {
    const uid = (event['metadata'] as { uid: string }).uid
    const attestation = {
      uid: uuid5(chain, uid),
      authority_uid: authority,
      chain_uid: chain,
      ...(before === undefined
        ? {}
        : { prev_event: { uid: before.uid, type_uid: before.type, fingerprint: before.fingerprint } }),
    }
    const value = sha256(canonicalJson({ ...event, attestation_list: [attestation] }))
    const fingerprint = { algorithm_id: 3, encoding_id: 1, serialization_id: 2, value }
    done.push({ ...event, attestation_list: [{ ...attestation, fingerprint }] })
    before = { uid, type: event['type_uid'] as number, fingerprint }
  }
  return done
}

function findingId(view: ReleasedView, step: SharedBehaviour): string {
  return uuid5(view.incident, `finding ${step.n} ${step.at} ${step.tactic}`)
}

function infoOf(view: ReleasedView, step: SharedBehaviour): Canonical {
  return {
    uid: findingId(view, step),
    title: `${tactics[step.tactic][1]} on host ${step.host} (${step.role})`,
    created_time: Date.parse(view.released),
    first_seen_time: Date.parse(step.at),
    attacks: attacksOf([step]),
  }
}

function attacksOf(steps: readonly SharedBehaviour[]): Canonical[] {
  const found = new Map<string, Canonical>()
  for (const step of steps) {
    const [uid, name] = tactics[step.tactic]
    const tactic = { uid, name }
    const techniques = step.techniques.filter((one) => one.scheme === 'attack')
    if (techniques.length === 0) found.set(uid, { tactic })
    for (const one of techniques) {
      const [whole = one.id] = one.id.split('.')
      const named = { uid: one.id, name: one.name }
      found.set(`${uid} ${one.id}`, {
        tactic,
        ...(whole === one.id ? { technique: named } : { technique: { uid: whole }, sub_technique: named }),
      })
    }
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}

function period(from: string, to: string): OcsfEvent {
  return from === '' ? {} : { start_time: Date.parse(from), end_time: Date.parse(to === '' ? from : to) }
}
