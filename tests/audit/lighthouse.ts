import lighthouse from 'lighthouse'
import { openBrowser } from '../support/browser'
import { median } from '../bench/figures'

const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const
const least = 95
const runs = 3

export interface Scores {
  path: string
  scores: Record<(typeof categories)[number], number>
  faults: string[]
}

/** Lighthouse on each page, as it comes: a slow phone on a slow network. The median of three runs counts. */
export async function lighthouseOn(origin: string, paths: readonly string[]): Promise<Scores[]> {
  const port = 9_333
  // One process for all pages, as a browser that is open has one ready: its start is not the page's.
  const browser = await openBrowser([`--remote-debugging-port=${port}`, '--renderer-process-limit=1'])
  try {
    const all: Scores[] = []
    for (const path of paths) all.push(await scoresOf(origin, path, port))
    return all
  } finally {
    await browser.close()
  }
}

async function scoresOf(origin: string, path: string, port: number): Promise<Scores> {
  const got = Object.fromEntries(categories.map((category) => [category, [] as number[]])) as Record<
    (typeof categories)[number],
    number[]
  >
  const weak = new Set<string>()
  for (let run = 0; run < runs; run++) {
    const result = await lighthouse(`${origin}${path}`, {
      port,
      logLevel: 'silent',
      onlyCategories: [...categories],
      // A demonstration asks robots not to come.
      skipAudits: ['is-crawlable'],
    })
    for (const category of categories) {
      const found = result?.lhr.categories[category]
      got[category].push(Math.round((found?.score ?? 0) * 100))
      for (const { id, weight } of found?.auditRefs ?? [])
        if (weight > 0 && (result?.lhr.audits[id]?.score ?? 1) < 0.9) weak.add(id)
    }
  }
  const scores = {
    performance: median(got.performance),
    accessibility: median(got.accessibility),
    'best-practices': median(got['best-practices']),
    seo: median(got.seo),
  }
  const short = categories.filter((category) => scores[category] < least)
  return {
    path,
    scores,
    faults: short.map((category) => `Lighthouse, ${category}: ${scores[category]} (${[...weak].join(', ')})`),
  }
}
