import type { StatementDesk } from '../app/index.ts'

type Answer<K extends keyof StatementDesk> = Awaited<ReturnType<StatementDesk[K]>>

/** The statements of cases through the HTTP API of the process that serves; `call` takes a path under `/api/cases` and a body to post. */
export function remoteStatements(call: <T>(path: string, body?: unknown) => Promise<T>): StatementDesk {
  const of = (id: string): string => `/${encodeURIComponent(id)}`
  return {
    draft: (id, asked) => call(`${of(id)}/statement-drafts`, asked),
    check: (id, text) => call(`${of(id)}/statement-checks`, { text }),
    submit: (id, asked) => call(`${of(id)}/statements`, asked),
    signOff: (id, asked) => call(`${of(id)}/statement-sign-offs`, asked),
    release: (id, asked) => call(`${of(id)}/statement-releases`, asked),
    filed: (id, asked) => call(`${of(id)}/statements-filed`, asked),
    list: (id) => call(`${of(id)}/statements`),
    counsel: (id, asked) => call(`${of(id)}/statement-counsel`, asked),
    changes: async (id, since) =>
      (
        await call<{ versions: Answer<'changes'> }>(
          `${of(id)}/versions${since === undefined ? '' : `?since=${encodeURIComponent(since)}`}`,
        )
      ).versions,
  }
}
