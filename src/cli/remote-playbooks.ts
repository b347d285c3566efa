import type { PlaybookDesk, RunningPlaybook } from '../app/index.ts'

/** The playbooks of cases through the HTTP API of the process that serves; `call` takes a path under `/api/cases` and a body to post. */
export function remotePlaybooks(call: <T>(path: string, body?: unknown) => Promise<T>): PlaybookDesk {
  const of = (id: string): string => `/${encodeURIComponent(id)}`
  return {
    known: async () => (await call<{ playbooks: Awaited<ReturnType<PlaybookDesk['known']>> }>('/-/playbooks')).playbooks,
    state: async (id) => (await call<{ running: readonly RunningPlaybook[] }>(`${of(id)}/playbooks`)).running,
    start: (id, asked) => call(`${of(id)}/playbooks`, asked),
    approve: (id, asked) => call(`${of(id)}/playbook-approvals`, asked),
    close: (id, asked) => call(`${of(id)}/playbook-steps`, asked),
  }
}
