import type { DutiesDesk } from '../app/index.ts'

type Answer<K extends keyof DutiesDesk> = Awaited<ReturnType<DutiesDesk[K]>>

/** The duties of cases through the HTTP API of the process that serves; `call` takes a path under `/api/cases` and a body to post. */
export function remoteDuties(call: <T>(path: string, body?: unknown) => Promise<T>): DutiesDesk {
  const of = (id: string): string => `/${encodeURIComponent(id)}`
  const query = (name: string, value: string): string => `?${name}=${encodeURIComponent(value)}`
  return {
    laws: async () => (await call<{ laws: Answer<'laws'> }>('/-/laws')).laws,
    due: (id, at) => call(`${of(id)}/due${at === undefined ? '' : query('at', at)}`),
    act: (id, entered) => call(`${of(id)}/due-acts`, entered),
    designate: async (said) => void (await call('/-/designations', said)),
    ics: (id, confidential = false) => call(`${of(id)}/due.ics${confidential ? query('confidential', '1') : ''}`),
    notNotified: async (id, which) =>
      (await call<{ markdown: string }>(`${of(id)}/not-notified${query('which', which)}`)).markdown,
    register: async () => (await call<{ lines: Answer<'register'> }>('/-/register')).lines,
  }
}
