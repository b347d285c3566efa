import type { AtRiskDesk, RecommendDesk, RequestDesk } from '../app/index.ts'

type Call = <T>(path: string, body?: unknown) => Promise<T>

const of = (id: string): string => `/${encodeURIComponent(id)}`

/** Recommendations, requests and persons at risk through the HTTP API of the process that serves; `call` takes a path under `/api/cases` and a body to post. */
export function remoteDoing(call: Call): {
  readonly recommendations: RecommendDesk
  readonly requests: RequestDesk
  readonly atRisk: AtRiskDesk
} {
  return {
    recommendations: {
      state: (id) => call(`${of(id)}/recommendations`),
      act: (id, entered) => call(`${of(id)}/recommendation-acts`, entered),
    },
    requests: {
      state: async (id) => (await call<{ requests: Awaited<ReturnType<RequestDesk['state']>> }>(`${of(id)}/requests`)).requests,
      draft: (id, asked) => call(`${of(id)}/requests`, asked),
      act: (id, entered) => call(`${of(id)}/request-acts`, entered),
      text: async (id, { request, reminder }) =>
        (await call<{ text: string }>(`${of(id)}/requests/${encodeURIComponent(request)}${reminder ? '?reminder=1' : ''}`)).text,
    },
    atRisk: {
      state: (id) => call(`${of(id)}/at-risk`),
      act: (id, entered) => call(`${of(id)}/at-risk-acts`, entered),
      brief: (id, person) => call(`${of(id)}/at-risk-briefs`, { person }),
    },
  }
}
