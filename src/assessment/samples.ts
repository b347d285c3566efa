import type { Thread } from '../claims/index.ts'
import type { Findings } from './findings.ts'
import type { SampleFindings } from './sample-findings.ts'

/** Samples and pictures that a thread's own posts hold, or that no thread holds: what was published with one claim says nothing of another (A18). */
export function findingsOfThread(thread: Thread, threads: readonly Thread[], findings: Findings): Findings {
  const others = threads.filter((one) => one !== thread)
  const its = (one: Published): boolean => holds(thread, one) || !others.some((other) => holds(other, one))
  const { samples, pictures, provenance: _, dayOne: __, ...rest } = findings
  const kept =
    samples === undefined
      ? undefined
      : inOrder(
          thread,
          samples.filter(({ name: file }) => its({ file })),
        )
  const first = kept?.[0]
  return {
    ...rest,
    ...(pictures === undefined ? {} : { pictures: pictures.filter(its) }),
    ...(samples === undefined ? {} : { samples: kept ?? [] }),
    ...(samples === undefined ? only(findings) : first === undefined ? {} : only(first)),
  }
}

/** The findings with one sample alone. */
export function withSample(findings: Findings, sample: SampleFindings): Findings {
  const { provenance: _, dayOne: __, ...rest } = findings
  return { ...rest, ...only(sample) }
}

function only({ provenance, dayOne }: Pick<SampleFindings, 'provenance' | 'dayOne'>): Pick<Findings, 'provenance' | 'dayOne'> {
  return { ...(provenance === undefined ? {} : { provenance }), ...(dayOne === undefined ? {} : { dayOne }) }
}

/** As they were published, those that no post names last; told with the day of their post where there are several. */
function inOrder(thread: Thread, samples: readonly SampleFindings[]): SampleFindings[] {
  const dated = samples.map((sample) => ({ sample, at: publishedOn(thread, sample.name) }))
  return dated
    .toSorted((a, b) => ((a.at ?? '~') < (b.at ?? '~') ? -1 : (a.at ?? '~') > (b.at ?? '~') ? 1 : 0))
    .map(({ sample, at }) =>
      samples.length === 1 || at === undefined ? sample : { ...sample, name: `${sample.name} (post of ${at.slice(0, 10)})` },
    )
}

function publishedOn(thread: Thread, file: string): string | undefined {
  return thread.posts
    .filter((post) => post.attachments.some((one) => isOf(one, { file })))
    .flatMap((post) => (post.at ?? post.reportedAt)?.at ?? [])
    .toSorted()[0]
}

/** A file as posts name it; where its bytes are known, they tell files of one name apart. */
interface Published {
  readonly file: string
  readonly sha256?: string
  readonly member?: string
}

function holds(thread: Thread, one: Published): boolean {
  return thread.posts.some((post) => post.attachments.some((attachment) => isOf(attachment, one)))
}

function isOf({ file, cite }: Thread['posts'][number]['attachments'][number], one: Published): boolean {
  if (cite?.kind === 'exhibit' && one.sha256 !== undefined) return cite.sha256 === one.sha256 && cite.member === one.member
  return base(file) === base(one.file)
}

function base(file: string): string {
  return (file.split(/[/#]/).at(-1) ?? file).toLowerCase()
}
