import type { Desk } from '../app/index.ts'

type Notices = Desk['notices']
type Answer<K extends keyof Notices> = Awaited<ReturnType<Notices[K]>>

/** What leaves a case, through the HTTP API of the process that serves; `call` takes a path under `/api/cases` and a body to post. */
export function remoteLeaving(
  call: <T>(path: string, body?: unknown) => Promise<T>,
): Pick<Desk, 'leave' | 'notices' | 'telling'> {
  const of = (id: string): string => `/${encodeURIComponent(id)}`
  const bytesOf = ({ document }: { readonly document: string }): Uint8Array => Buffer.from(document, 'base64')
  return {
    leave: async (id, what) => (await call<{ text: string }>(`${of(id)}/exports`, what)).text,
    notices: {
      draft: async (id, asked) => {
        const made = await call<{ notice: Answer<'draft'>['notice']; document: string }>(`${of(id)}/notice-drafts`, asked)
        return { notice: made.notice, bytes: bytesOf(made) }
      },
      letter: async (id, asked) => {
        const made = await call<{ letter: Answer<'letter'>['letter']; document: string }>(`${of(id)}/notice-letters`, asked)
        return { letter: made.letter, bytes: bytesOf(made) }
      },
      file: (id, asked) => call(`${of(id)}/notices`, asked),
      list: async (id) => (await call<{ notices: Answer<'list'> }>(`${of(id)}/notices`)).notices,
      show: async (id, number, format) =>
        bytesOf(await call(`${of(id)}/notices/${encodeURIComponent(number)}?format=${encodeURIComponent(format)}`)),
      say: (id, said, reason) => call(`${of(id)}/notice-texts`, { said, reason }),
      groups: async (id) => (await call<{ groups: Answer<'groups'> }>(`${of(id)}/letter-groups`)).groups,
    },
    telling: {
      groups: (id) => call(`${of(id)}/telling`),
      approve: (id, asked) => call(`${of(id)}/telling-approvals`, asked),
      export: (id, asked) => call(`${of(id)}/telling-lists`, asked),
    },
  }
}
