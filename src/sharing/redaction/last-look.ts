import type { Gate } from './shareable.ts'
import type { ShareView } from './share-view.ts'

/** Indicators and words of rules that would not pass the gate (again): always none, unless somebody put text past it. */
export function lastLook(view: ShareView, gate: Gate): readonly string[] {
  const wrong = view.indicators
    .filter((one) => {
      const answer = gate.indicator(one.kind, one.value)
      return answer.kind === 'withheld' || answer.value !== one.value
    })
    .map((one) => `${one.kind} of behaviours ${one.behaviours.join(', ')}`)
  const name = view.producerName
  return name === undefined || gate.stated(name).kind === 'admitted' ? wrong : [...wrong, 'name of the producer']
}
