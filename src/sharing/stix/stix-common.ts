import type { ReleasedView } from '../redaction/share-view.ts'
import { uuid5 } from '../redaction/uuid.ts'
import { papMarking, tlpMarking } from './markings.ts'

/** What all objects of one release have in common, the markings they refer to, and ids made from names. */
export function stixCommon(view: ReleasedView) {
  const marks = [tlpMarking(view.tlp), papMarking(view.pap)]
  const producer = `identity--${view.producer}`
  const common = {
    spec_version: '2.1',
    created_by_ref: producer,
    created: stamp(view.firstReleased),
    modified: stamp(view.released),
    object_marking_refs: marks.map((one) => one.id),
  } as const
  const idOf = (type: string, name: string): string => `${type}--${uuid5(view.incident, `${type} ${name}`)}`
  return { marks, producer, common, idOf }
}

/** Fixed to the millisecond, as STIX wants it. */
function stamp(time: string): string {
  return `${time.slice(0, 19)}.${(/\.(\d{1,3})/.exec(time)?.[1] ?? '').padEnd(3, '0')}Z`
}
