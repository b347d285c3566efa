import type { PictureReading } from '../formats/index.ts'

/** What the file says of how it was made. */
export interface PictureEditing {
  /** `marked`: the file names a program for editing, or a change after it was taken. `no mark` says nothing: messengers remove marks. */
  readonly kind: 'marked' | 'no mark'
  readonly reasons: readonly string[]
}

/** Programs that change pictures; those that only take them are left out. */
const editors =
  /\b(?:photoshop|lightroom|gimp|paint(?:\.net| shop| 3d)?|affinity|pixelmator|snagit|greenshot|canva|figma|inkscape|illustrator|photopea|picsart|snapseed|krita|coreldraw|imagemagick|mspaint|skitch)\b/i

/** Marks of editing among the marks of a file. Times are compared as stored, to the second. */
export function editingOf(reading: Pick<PictureReading, 'marks'>): PictureEditing {
  const marks = reading.marks ?? []
  const programs = marks.filter((one) => one.what === 'software' && editors.test(one.text))
  const seconds = (what: 'taken' | 'changed'): string[] =>
    marks.filter((one) => one.what === what).map((one) => one.text.replaceAll(/\D/g, '').slice(0, 14))
  const taken = seconds('taken')
    .filter((one) => one.length === 14)
    .sort()[0]
  const changed = seconds('changed')
    .filter((one) => one.length === 14)
    .sort()
    .at(-1)
  const reasons = [
    ...programs.map((one) => `The file names ${one.text} (${one.from}).`),
    ...(taken !== undefined && changed !== undefined && changed > taken
      ? ['The file says that it was changed after it was taken.']
      : []),
  ]
  return { kind: reasons.length > 0 ? 'marked' : 'no mark', reasons }
}
